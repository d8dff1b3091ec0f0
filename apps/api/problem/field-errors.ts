import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '#errors';

/** Limits how much of a faulty request is repeated to its client. */
const MAX_FIELDS = 20;

/** The body, query or path does not match its schema. */
export class InvalidRequest extends DomainError {
  constructor(faults: FieldError[]) {
    const fields = faults.slice(0, MAX_FIELDS);
    const messages = fields.map(({ message }) => message).join('; ');
    super('unprocessable', 'invalid_request', `The request does not fit its schema: ${messages}`, { fields });
  }
}

/** Returns one entry per broken rule, with the path to its field. */
export function fieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent + error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}
