import { randomUUID } from 'node:crypto';

export interface OrderItem {
  product_id: string;
  variation_id: string;
  quantity: number;
}

export interface Variation {
  id: string;
  product_id: string;
  product: string;
  variation: string;
  base: number;
  change: number;
}

export interface OrderLine extends OrderItem {
  id: string;
  order_id: string;
  position: number;
  product_name: string;
  variation_name: string;
  product_base_price_cents: number;
  variation_price_change_cents: number;
  unit_price_cents: number;
  line_total_cents: number;
}

export function createLine(
  orderId: string,
  position: number,
  item: OrderItem,
  variation: Variation,
): OrderLine {
  const price = variation.base + variation.change;
  return {
    id: randomUUID(),
    order_id: orderId,
    position,
    ...item,
    product_name: variation.product,
    variation_name: variation.variation,
    product_base_price_cents: variation.base,
    variation_price_change_cents: variation.change,
    unit_price_cents: price,
    line_total_cents: price * item.quantity,
  };
}
