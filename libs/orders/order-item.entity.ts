import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Product, Variation } from '#catalog';
import type { OrderLine } from './order-snapshot.js';
import { Order } from './order.entity.js';

/** A line of an order. Names and prices are those at the time of ordering. */
@Entity('order_items')
@Unique('order_items_order_id_position_key', ['orderId', 'position'])
@Check('order_items_quantity_positive', 'quantity > 0')
@Check('order_items_unit_price_not_negative', 'unit_price_cents >= 0')
@Check(
  'order_items_unit_price_sum',
  'unit_price_cents = product_base_price_cents + variation_price_change_cents',
)
@Check('order_items_line_total_product', 'line_total_cents = unit_price_cents * quantity')
export class OrderItem {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'order_items_pkey' })
  id: string;

  @Column('uuid')
  @ForeignKey(() => Order, { name: 'order_items_order_id_fkey' })
  orderId: string;

  /** The index of the line in the request, from 0. */
  @Column('int')
  position: number;

  @Column('uuid')
  @ForeignKey(() => Product, { name: 'order_items_product_id_fkey' })
  @Index('order_items_product_id_idx')
  productId: string;

  /** Null if the product had no variations. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => Variation, { name: 'order_items_variation_id_fkey' })
  @Index('order_items_variation_id_idx')
  variationId: string | null;

  @Column('text')
  productName: string;

  @Column('text', { nullable: true })
  variationName: string | null;

  @Column('int')
  quantity: number;

  @Column('int')
  productBasePriceCents: number;

  @Column('int')
  variationPriceChangeCents: number;

  @Column('int')
  unitPriceCents: number;

  @Column('int')
  lineTotalCents: number;
}

/** The SQL type of each property of an order line. The statements that read and write lines are generated from it. */
export const ORDER_LINE_TYPES = {
  id: 'uuid',
  productId: 'uuid',
  variationId: 'uuid',
  productName: 'text',
  variationName: 'text',
  quantity: 'int',
  productBasePriceCents: 'int',
  variationPriceChangeCents: 'int',
  unitPriceCents: 'int',
  lineTotalCents: 'int',
} as const satisfies Record<keyof OrderLine, string>;
