import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ProductsService } from '#catalog';
import { Roles } from '../auth/auth.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import {
  ID_UNFIT,
  NOT_JSON,
  NOT_JSON_TYPE,
  problem,
  Problems,
  TOO_LARGE,
  unfit,
} from '../problem/problem.decorators.js';
import { CreateProductDto, ProductDto, UpdateProductDto } from './dto/product.dto.js';

const NOT_FOUND = problem(404, 'product_not_found', 'Product not found');
const DUPLICATES = [
  problem(409, 'duplicate_product_name', 'A product named "Latte" is already on the menu'),
  problem(409, 'duplicate_variation_name', 'The product has two variations named "Vanilla"'),
];
const UNFIT = [
  unfit('base_price_cents', 'base_price_cents must not be less than 0'),
  problem(
    422,
    'impossible_unit_price',
    'The price with variation "Small" would be -10 cents; it must be between 0 and 2147483647',
  ),
];

@ApiTags('admin: products')
@Roles('manager')
@Controller('admin/products')
export class AdminProductsController {
  constructor(private readonly products: ProductsService) {}

  @Post()
  @ApiOperation({ summary: 'Put a product on the menu' })
  @ApiCreatedResponse({ type: ProductDto })
  @Problems(NOT_JSON, ...DUPLICATES, TOO_LARGE, NOT_JSON_TYPE, ...UNFIT)
  async create(@Body() body: CreateProductDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.create(body.toRequest()));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a product; its variations replace the list, matched by name' })
  @ApiOkResponse({ type: ProductDto })
  @Problems(NOT_JSON, NOT_FOUND, ...DUPLICATES, TOO_LARGE, NOT_JSON_TYPE, ...UNFIT)
  async update(@Param() { id }: IdDto, @Body() body: UpdateProductDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.update(id, body.toRequest()));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a product off the menu; orders keep their lines' })
  @ApiNoContentResponse()
  @Problems(NOT_FOUND, ...ID_UNFIT)
  async withdraw(@Param() { id }: IdDto): Promise<void> {
    await this.products.withdraw(id);
  }
}
