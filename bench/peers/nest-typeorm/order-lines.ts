import { BadRequestException } from '@nestjs/common';
import type { OrderItemDto } from './dtos.js';
import { OrderItem, type Variation } from './entities.js';

export function createLine(item: OrderItemDto, position: number, variations: Variation[]): OrderItem {
  const { product_id, variation_id, quantity } = item;
  const variation = variations.find(({ id, product }) => id === variation_id && product.id === product_id);
  if (!variation) {
    throw new BadRequestException(`Invalid product_id or variation_id: ${product_id}, ${variation_id}`);
  }
  const product_base_price_cents = variation.product.base_price_cents;
  const variation_price_change_cents = variation.price_change_cents;
  const unit_price_cents = product_base_price_cents + variation_price_change_cents;
  return Object.assign(new OrderItem(), {
    position,
    product_id,
    variation_id,
    product_name: variation.product.name,
    variation_name: variation.name,
    quantity,
    product_base_price_cents,
    variation_price_change_cents,
    unit_price_cents,
    line_total_cents: unit_price_cents * quantity,
  });
}
