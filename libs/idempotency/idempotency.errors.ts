import { DomainError } from '#errors';

export class InvalidIdempotencyKey extends DomainError {
  constructor() {
    const rule = '1 to 255 printable ASCII characters';
    super(
      'invalid_argument',
      'invalid_idempotency_key',
      `Idempotency-Key must be given once and hold ${rule}`,
      {
        fields: [{ field: 'Idempotency-Key', message: `must be ${rule}, given once` }],
      },
    );
  }
}

export class IdempotencyKeyReused extends DomainError {
  constructor() {
    super(
      'unprocessable',
      'idempotency_key_reused',
      'This Idempotency-Key was used with another request; use a new key',
      { fields: [{ field: 'Idempotency-Key', message: 'was used with another request' }] },
    );
  }
}
