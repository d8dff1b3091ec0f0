import { Body, Controller, Param, Put, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProductNotFound, ProductsService, VariationNotFound } from '#catalog';
import { UntilNotInFuture } from '#errors';
import type { Actor } from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import { ApiConditionalChange, ETAG } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { AVAILABILITY_EXAMPLES, ProductVariationDto, SetAvailabilityDto } from './dto/availability.dto.js';
import { ProductDto } from './dto/product.dto.js';

@ApiTags('Counter')
@Controller('admin/products/:id')
@Problems(ProductNotFound, UntilNotInFuture)
export class AvailabilityController {
  constructor(private readonly products: ProductsService) {}

  @Access('PUT /admin/products/{id}/availability')
  @Put('availability')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Mark a product as sold out or available',
    description:
      'Customers cannot order what is sold out. This is for the whole product with all its variations. `"sold_out": false` makes the product available again; `true` marks it as sold out, until a time if you give one.',
  })
  @ApiBody({ type: SetAvailabilityDto, examples: AVAILABILITY_EXAMPLES })
  @ApiOkResponse({ type: ProductDto, headers: ETAG })
  @ApiConditionalChange()
  async setProductAvailability(
    @Param() { id }: IdDto,
    @Body() body: SetAvailabilityDto,
    @CurrentActor() staff: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<ProductDto> {
    const precondition = preconditionOf(ifMatch, ProductDto);
    return ProductDto.from(
      await this.products.setAvailability({ id }, body.toAvailability(), staff, precondition),
    );
  }

  @Access('PUT /admin/products/{id}/variations/{variation_id}/availability')
  @Put('variations/:variation_id/availability')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Mark a variation as sold out or available',
    description:
      'Like the availability of a product, but only for one of its variations, such as a Latte with Pumpkin Spice.',
  })
  @ApiBody({ type: SetAvailabilityDto, examples: AVAILABILITY_EXAMPLES })
  @ApiOkResponse({ type: ProductDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(VariationNotFound)
  async setVariationAvailability(
    @Param() { id, variation_id: variationId }: ProductVariationDto,
    @Body() body: SetAvailabilityDto,
    @CurrentActor() staff: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<ProductDto> {
    const precondition = preconditionOf(ifMatch, ProductDto);
    return ProductDto.from(
      await this.products.setAvailability({ id, variationId }, body.toAvailability(), staff, precondition),
    );
  }
}
