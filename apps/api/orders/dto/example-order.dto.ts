import { seededProductId } from '../../openapi/seeded-ids.js';
import type { OrderDto } from './order.dto.js';

/** An order of a Latte of the development seed. */
export const EXAMPLE_ORDER = {
  id: '0b5f2d9c-4d0a-4a52-9a6e-6f1b0a0c8f11',
  customer_id: '3d1c5f0e-9b7a-4c55-8a41-2e6f7d8c9b02',
  status: 'waiting',
  total_cents: 900,
  metadata: null,
  created_at: '2026-11-30T08:00:00.000Z',
  updated_at: '2026-11-30T08:00:00.000Z',
  items: [
    {
      id: '5e8a7c31-0f4d-4d0b-b6a2-91c3d2e4f503',
      product_id: seededProductId(1),
      variation_id: seededProductId(1, 1),
      product_name: 'Latte',
      variation_name: 'Pumpkin Spice',
      quantity: 2,
      product_base_price_cents: 400,
      variation_price_change_cents: 50,
      unit_price_cents: 450,
      line_total_cents: 900,
    },
  ],
  payment: { id: '8c2b6d40-1a5e-4f3c-a7d9-0b4e5f6a7c04', amount_cents: 900, response_status_code: 200 },
  number: 42,
  pickup_name: 'Ada',
  note: null,
  cancellation: null,
  refunded_cents: 0,
} satisfies OrderDto;
