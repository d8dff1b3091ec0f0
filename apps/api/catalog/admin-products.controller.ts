import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  DuplicateProductName,
  DuplicateVariationName,
  InvalidVariationId,
  ProductNotFound,
  ProductsService,
  UnitPriceOutOfRange,
} from '#catalog';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { INVALID_ID, invalidField, Problems, type DocumentedRefusal } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import {
  ApiConditionalChange,
  ApiConditionalRead,
  ETAG,
  NEW_RESOURCE_HEADERS,
} from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { ProductIdDto } from './dto/product-id.dto.js';
import { CreateProductDto, UPDATE_EXAMPLES, UpdateProductDto } from './dto/product-request.dto.js';
import { ProductDto } from './dto/product.dto.js';

/** 100 variations with names of 255 characters of 4 bytes need 110 KB. */
const PRODUCT_BODY = { maxBytes: 128 * 1024 };
const INVALID_PRODUCT: DocumentedRefusal[] = [
  invalidField('base_price_cents', 'base_price_cents must not be less than 0'),
  DuplicateProductName,
  DuplicateVariationName,
  UnitPriceOutOfRange,
];

@ApiTags('Menu')
@Controller('admin/products')
export class AdminProductsController {
  constructor(private readonly products: ProductsService) {}

  @Access('POST /admin/products')
  @Post()
  @AcceptsJson(PRODUCT_BODY)
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Put a product on the menu',
    description:
      'Customers can order it at once. Prices are in cents: 420 is 4.20. The price of a variation is added to the base price.',
  })
  @ApiCreatedResponse({ type: ProductDto, headers: NEW_RESOURCE_HEADERS })
  @Problems(...INVALID_PRODUCT)
  async createProduct(@Body() body: CreateProductDto, @CurrentActor() manager: Actor): Promise<ProductDto> {
    return ProductDto.from(await this.products.create(body.toRequest(), manager));
  }

  @Access('GET /admin/products/{id}')
  @Get(':id')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({ summary: 'Show a product on the menu', description: 'The ids are in `GET /menu`.' })
  @ApiOkResponse({ type: ProductDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(ProductNotFound, ...INVALID_ID)
  async getProduct(@Param() { id }: ProductIdDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.get(id));
  }

  @Access('PATCH /admin/products/{id}')
  @Patch(':id')
  @AcceptsJson(PRODUCT_BODY)
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Change a product',
    description:
      'Only the fields that you send are changed; the example changes nothing. Prices are in cents: 420 is 4.20. If you send `variations`, send all of them: a variation that you leave out is taken off the menu. One with the id or the name of a present variation changes that one. Orders that were placed before keep their names and prices.',
  })
  @ApiBody({ type: UpdateProductDto, examples: UPDATE_EXAMPLES })
  @ApiOkResponse({ type: ProductDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(ProductNotFound, InvalidVariationId, ...INVALID_PRODUCT)
  async updateProduct(
    @Param() { id }: ProductIdDto,
    @Body() body: UpdateProductDto,
    @CurrentActor() manager: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<ProductDto> {
    const precondition = preconditionOf(ifMatch, ProductDto);
    return ProductDto.from(await this.products.update(id, body.toRequest(id), manager, precondition));
  }

  @Access('DELETE /admin/products/{id}')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take a product off the menu for good',
    description:
      'It cannot be put back, only added as a new product. Orders keep their lines. If it is only sold out, use `PUT /admin/products/{id}/availability`.',
  })
  @ApiNoContentResponse()
  @ApiConditionalChange()
  @Problems(ProductNotFound, ...INVALID_ID)
  async withdrawProduct(
    @Param() { id }: IdDto,
    @CurrentActor() manager: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<void> {
    await this.products.withdraw(id, manager, preconditionOf(ifMatch, ProductDto));
  }
}
