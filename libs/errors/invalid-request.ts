import { DomainError, type FieldError } from './domain-error.js';

/** Limits how much of a faulty request is repeated to its client. */
const MAX_FIELDS = 20;

/** Fields of the request are not what the API accepts. */
export class InvalidRequest extends DomainError {
  constructor(faults: FieldError[]) {
    const fields = faults.slice(0, MAX_FIELDS);
    const messages = fields.map(({ message }) => message).join('; ');
    super('unprocessable', 'invalid_request', `The request does not fit its schema: ${messages}`, { fields });
  }
}

/** Something cannot last until a time that has passed. */
export class UntilNotInFuture extends InvalidRequest {
  constructor() {
    super([{ field: 'until', message: 'until must be in the future' }]);
  }
}
