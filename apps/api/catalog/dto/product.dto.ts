import { ApiProperty } from '@nestjs/swagger';
import type { Availability, Menu, MenuProduct } from '#catalog';

class AvailabilityFieldsDto {
  @ApiProperty({ example: false })
  sold_out: boolean;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'When it is available again by itself; null if only the staff ends it',
  })
  sold_out_until: string | null;
}

export class VariationDto extends AvailabilityFieldsDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Pumpkin Spice' })
  name: string;

  @ApiProperty({ type: 'integer', example: 50 })
  price_change_cents: number;
}

export class ProductDto extends AvailabilityFieldsDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Latte' })
  name: string;

  @ApiProperty({ type: 'integer', example: 400 })
  base_price_cents: number;

  @ApiProperty({ type: [VariationDto] })
  variations: VariationDto[];

  static from({ id, name, basePriceCents, variations, ...availability }: MenuProduct): ProductDto {
    return {
      id,
      name,
      base_price_cents: basePriceCents,
      ...availabilityFields(availability),
      variations: variations.map((variation) => ({
        id: variation.id,
        name: variation.name,
        price_change_cents: variation.priceChangeCents,
        ...availabilityFields(variation),
      })),
    };
  }
}

export class MenuDto {
  @ApiProperty({ type: [ProductDto] })
  products: ProductDto[];

  static from({ products }: Menu): MenuDto {
    return { products: products.map((product) => ProductDto.from(product)) };
  }
}

function availabilityFields({
  soldOut,
  soldOutUntil,
}: Availability): Pick<AvailabilityFieldsDto, 'sold_out' | 'sold_out_until'> {
  return { sold_out: soldOut, sold_out_until: soldOutUntil?.toISOString() ?? null };
}
