import { DomainError } from '#errors';

const RETRY_AFTER_SECONDS = 2;

export class DatabaseUnavailable extends DomainError {
  constructor() {
    super(
      'unavailable',
      'database_unavailable',
      'The database cannot be reached; repeat the request, with its Idempotency-Key where it has one',
      { retryAfterSeconds: RETRY_AFTER_SECONDS },
    );
  }
}
