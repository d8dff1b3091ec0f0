import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  DuplicateProductName,
  DuplicateVariationName,
  ProductNotFound,
  ProductsService,
  UnitPriceOutOfRange,
} from '#catalog';
import { Roles } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { INVALID_ID, invalidField, Problems, type DocumentedRefusal } from '../problem/problem.decorators.js';
import { CreateProductDto, ProductDto, UpdateProductDto } from './dto/product.dto.js';

/** 100 variations with names of 255 characters of 4 bytes need 110 KB. */
const PRODUCT_BODY = { maxBytes: 128 * 1024 };
const INVALID_PRODUCT: DocumentedRefusal[] = [
  invalidField('base_price_cents', 'base_price_cents must not be less than 0'),
  DuplicateProductName,
  DuplicateVariationName,
  UnitPriceOutOfRange,
];

@ApiTags('admin: products')
@Roles('manager')
@Controller('admin/products')
export class AdminProductsController {
  constructor(private readonly products: ProductsService) {}

  @Post()
  @AcceptsJson(PRODUCT_BODY)
  @ApiOperation({ summary: 'Put a product on the menu' })
  @ApiCreatedResponse({ type: ProductDto })
  @Problems(...INVALID_PRODUCT)
  async create(@Body() body: CreateProductDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.create(body.toRequest()));
  }

  @Patch(':id')
  @AcceptsJson(PRODUCT_BODY)
  @ApiOperation({ summary: 'Change a product; its variations replace the list, matched by name' })
  @ApiOkResponse({ type: ProductDto })
  @Problems(ProductNotFound, ...INVALID_PRODUCT)
  async update(@Param() { id }: IdDto, @Body() body: UpdateProductDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.update(id, body.toRequest()));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a product off the menu; orders keep their lines' })
  @ApiNoContentResponse()
  @Problems(ProductNotFound, ...INVALID_ID)
  async withdraw(@Param() { id }: IdDto): Promise<void> {
    await this.products.withdraw(id);
  }
}
