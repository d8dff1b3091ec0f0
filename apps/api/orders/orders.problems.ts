import {
  DATABASE_AWAY,
  NOT_JSON,
  NOT_JSON_TYPE,
  problem,
  TOO_LARGE,
  unfit,
  type DocumentedProblem,
} from '../problem/problem.decorators.js';

export const ORDER_NOT_FOUND = problem(
  404,
  'order_not_found',
  'Order not found',
  "Also for another customer's",
);

/** Every way in which placing an order may be refused. */
export const PLACEMENT_PROBLEMS: DocumentedProblem[] = [
  problem(
    400,
    'invalid_order_line',
    'Invalid product_id or variation_id: 8d3c0c5e-7c1e-4b0e-9b0a-0f2f5d8f4c11, 0e0c8f6a-53f4-4f0e-8f0a-6f3c1f9d7a22',
    "Unknown, withdrawn, or another product's variation",
  ),
  problem(
    400,
    'invalid_idempotency_key',
    'Idempotency-Key must be given once and hold 1 to 255 printable ASCII characters',
  ),
  NOT_JSON,
  {
    ...problem(
      402,
      'payment_failed',
      'Payment failed: the provider answered 402',
      'Final for its Idempotency-Key',
    ),
    extensions: { provider: { status: 402, body: { reason: 'insufficient funds' } } },
  },
  problem(409, 'total_mismatch', 'Total mismatch: computed 900, received 800'),
  problem(
    409,
    'placement_in_progress',
    'The first request with this Idempotency-Key is still running',
    'With Retry-After',
  ),
  TOO_LARGE,
  NOT_JSON_TYPE,
  unfit('items.0.quantity', 'quantity must not be greater than 100'),
  problem(422, 'total_too_large', 'The total of the order must not exceed 2147483647 cents'),
  problem(
    422,
    'idempotency_key_reused',
    'This Idempotency-Key was used with another request body; use a new key',
  ),
  problem(
    503,
    'payment_unavailable',
    'The payment provider cannot be reached; nothing was charged',
    'With Retry-After',
  ),
  problem(
    503,
    'payment_outcome_unknown',
    'It is not known yet whether the payment was made; repeat the request with its Idempotency-Key, or ask for placement 5f0c3d2a-9d4b-4b6f-8a1e-2b7c6d5e4f33',
    'With Retry-After',
  ),
  DATABASE_AWAY,
];
