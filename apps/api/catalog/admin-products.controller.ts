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
import { Problems } from '../problem/problem.decorators.js';
import { CreateProductDto, ProductDto, UpdateProductDto } from './dto/product.dto.js';

const UNFIT = 'The body does not fit, or a variation would have a price below zero';
const DUPLICATE = 'Another product on the menu, or another variation of this one, has that name';

@ApiTags('admin: products')
@Roles('manager')
@Controller('admin/products')
export class AdminProductsController {
  constructor(private readonly products: ProductsService) {}

  @Post()
  @ApiOperation({ summary: 'Put a product on the menu' })
  @ApiCreatedResponse({ type: ProductDto })
  @Problems({ 400: 'Not JSON', 409: DUPLICATE, 415: 'Not JSON by its content type', 422: UNFIT })
  async create(@Body() body: CreateProductDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.create(body.toRequest()));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a product; its variations replace the list, matched by name' })
  @ApiOkResponse({ type: ProductDto })
  @Problems({
    400: 'Not JSON',
    404: '`Product not found`',
    409: DUPLICATE,
    415: 'Not JSON by its content type',
    422: UNFIT,
  })
  async update(@Param() { id }: IdDto, @Body() body: UpdateProductDto): Promise<ProductDto> {
    return ProductDto.from(await this.products.update(id, body.toRequest()));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a product off the menu; orders keep their lines' })
  @ApiNoContentResponse()
  @Problems({ 404: '`Product not found`', 422: 'The id is no UUID' })
  async withdraw(@Param() { id }: IdDto): Promise<void> {
    await this.products.withdraw(id);
  }
}
