import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '#platform';

/** A body, query or path that does not fit its schema. */
export class InvalidRequest extends DomainError {
  constructor(fields: FieldError[]) {
    super(
      'invalid',
      'invalid_request',
      `The request does not fit its schema: ${fields.map(({ message }) => message).join('; ')}`,
      { fields },
    );
  }
}

/** One entry a broken rule, each with the path to its field. */
export function fieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent + error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}
