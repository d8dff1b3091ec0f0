import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_CENTS, type ProductRequest, type VariationRequest } from '#catalog';
import { InvalidRequest } from '#errors';
import { IsId } from '../../ids/dto/id.dto.js';
import { IsName } from '../../names/name.decorators.js';
import { IsListOf } from '../../problem/dto.decorators.js';
import { IgnoredSoldOut, IgnoredSoldOutUntil } from './sold-out.decorators.js';

const MAX_NAME_LENGTH = 255;
const MAX_VARIATIONS = 100;

export class VariationRequestDto {
  @IsName({ maxLength: MAX_NAME_LENGTH, example: 'Oat Milk' })
  name: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: -MAX_CENTS,
    maximum: MAX_CENTS,
    example: 60,
    description:
      'Cents on top of the base price; the sum must not be negative. Left out: 0, or the present value of a variation that exists',
  })
  @IsOptional()
  @Min(-MAX_CENTS)
  @Max(MAX_CENTS)
  @IsInt()
  price_change_cents?: number;

  toRequest(): VariationRequest {
    return { name: this.name, priceChangeCents: this.price_change_cents ?? undefined };
  }
}

export class VariationUpdateDto extends VariationRequestDto {
  @IsOptional()
  @IsId({ required: false, description: 'Which variation this is; without it, the name decides' })
  id?: string;

  @IgnoredSoldOut()
  sold_out?: boolean;

  @IgnoredSoldOutUntil()
  sold_out_until?: string | null;

  override toRequest(): VariationRequest {
    return { ...super.toRequest(), id: this.id ?? undefined };
  }
}

class ProductFieldsDto {
  @IsName({ maxLength: MAX_NAME_LENGTH, example: 'Flat White' })
  name: string;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_CENTS, example: 420 })
  @Min(0)
  @Max(MAX_CENTS)
  @IsInt()
  base_price_cents: number;

  @ApiPropertyOptional({ type: [VariationRequestDto], maxItems: MAX_VARIATIONS })
  @IsOptional()
  @IsListOf(VariationRequestDto, MAX_VARIATIONS)
  variations?: VariationRequestDto[];
}

export class CreateProductDto extends ProductFieldsDto {
  toRequest(): ProductRequest {
    return {
      name: this.name,
      basePriceCents: this.base_price_cents,
      variations: (this.variations ?? []).map((variation) => variation.toRequest()),
    };
  }
}

/** Accepts a product as it was read. Null means the same as an absent field. */
export class UpdateProductDto extends PartialType(ProductFieldsDto) {
  @IsOptional()
  @IsId({ required: false, description: 'Must be the id in the path' })
  id?: string;

  @IgnoredSoldOut()
  sold_out?: boolean;

  @IgnoredSoldOutUntil()
  sold_out_until?: string | null;

  @ApiPropertyOptional({ type: [VariationUpdateDto], maxItems: MAX_VARIATIONS })
  @IsOptional()
  @IsListOf(VariationUpdateDto, MAX_VARIATIONS)
  override variations?: VariationUpdateDto[];

  /** @throws InvalidRequest if the body has another id than the path */
  toRequest(id: string): Partial<ProductRequest> {
    if ((this.id ?? id) !== id)
      throw new InvalidRequest([{ field: 'id', message: 'id must be the id in the path' }]);
    return {
      name: this.name ?? undefined,
      basePriceCents: this.base_price_cents ?? undefined,
      variations: this.variations?.map((variation) => variation.toRequest()),
    };
  }
}

/** The first changes nothing if it is sent by mistake. */
export const UPDATE_EXAMPLES = {
  nothing: { summary: 'Nothing', value: {} },
  price: { summary: 'The base price, 4.20', value: { base_price_cents: 420 } },
  name: { summary: 'The name', value: { name: 'Flat White' } },
};
