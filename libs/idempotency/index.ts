export { fingerprint, IdempotencyKey } from './idempotency-key.js';
export { UsedIdempotencyKey } from './idempotency-key.entity.js';
export { IdempotencyKeyReused } from './idempotency.errors.js';
export { IdempotencyModule } from './idempotency.module.js';
