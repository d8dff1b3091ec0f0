import { DomainError } from '#errors';

export class InvalidIdempotencyKey extends DomainError {
  constructor() {
    super(
      'refused',
      'invalid_idempotency_key',
      'Idempotency-Key must be given once and hold 1 to 255 printable ASCII characters',
      {
        fields: [
          { field: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters, given once' },
        ],
      },
    );
  }
}

export class IdempotencyKeyReused extends DomainError {
  constructor() {
    super(
      'invalid',
      'idempotency_key_reused',
      'This Idempotency-Key was used with another request body; use a new key',
      {
        fields: [{ field: 'Idempotency-Key', message: 'was used with another request body' }],
      },
    );
  }
}
