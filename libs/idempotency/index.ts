export { fingerprint, IdempotencyKey } from './idempotency-key.js';
export { IdempotencyKeyReused, InvalidIdempotencyKey } from './idempotency.errors.js';
