import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { MAX_CENTS, type MenuProduct, type ProductRequest, type VariationRequest } from '#catalog';
import { IsListOf } from '../../problem/dto.decorators.js';

const MAX_VARIATIONS = 100;

/** Counts characters as PostgreSQL does: a surrogate pair is one, and invisible ones count. */
const NAME = /^.{1,255}$/su;

/** Validates a name. Trims and composes it (NFC), so that names that look equal are equal. */
function IsName(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim().normalize('NFC') : value,
    ),
    Matches(NAME, { message: '$property must have 1 to 255 characters' }),
    IsString(),
  );
}

export class VariationRequestDto {
  @ApiProperty({ minLength: 1, maxLength: 255, example: 'Oat Milk' })
  @IsName()
  name: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: -MAX_CENTS,
    maximum: MAX_CENTS,
    default: 0,
    example: 60,
    description: 'Cents on top of the base price; the sum must not be negative',
  })
  @IsOptional()
  @Min(-MAX_CENTS)
  @Max(MAX_CENTS)
  @IsInt()
  price_change_cents?: number;

  toRequest(): VariationRequest {
    return { name: this.name, priceChangeCents: this.price_change_cents ?? 0 };
  }
}

class ProductFieldsDto {
  @ApiProperty({ minLength: 1, maxLength: 255, example: 'Flat White' })
  @IsName()
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

/** Null means the same as an absent field. */
export class UpdateProductDto extends PartialType(ProductFieldsDto) {
  toRequest(): Partial<ProductRequest> {
    return {
      name: this.name ?? undefined,
      basePriceCents: this.base_price_cents ?? undefined,
      variations: this.variations?.map((variation) => variation.toRequest()),
    };
  }
}

export class VariationDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Pumpkin Spice' })
  name: string;

  @ApiProperty({ type: 'integer', example: 50 })
  price_change_cents: number;
}

export class ProductDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Latte' })
  name: string;

  @ApiProperty({ type: 'integer', example: 400 })
  base_price_cents: number;

  @ApiProperty({ type: [VariationDto] })
  variations: VariationDto[];

  static from({ id, name, basePriceCents, variations }: MenuProduct): ProductDto {
    return {
      id,
      name,
      base_price_cents: basePriceCents,
      variations: variations.map((variation) => ({
        id: variation.id,
        name: variation.name,
        price_change_cents: variation.priceChangeCents,
      })),
    };
  }
}

export class MenuDto {
  @ApiProperty({ type: [ProductDto] })
  products: ProductDto[];
}
