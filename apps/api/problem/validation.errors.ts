import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '#errors';

/** More would only repeat to a careless or hostile client what it sent. */
const MAX_FIELDS = 20;

/** A body, query or path that does not fit its schema; names its first faults. */
export class InvalidRequest extends DomainError {
  constructor(faults: FieldError[]) {
    const fields = faults.slice(0, MAX_FIELDS);
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

/** Fields that class-transformer leaves out in silence, since the DTO's class has a method of that name; the validator never sees them. */
export function ignoredFields(plain: object, dto: object, parent = ''): FieldError[] {
  const read = new Map<string, unknown>(Object.entries(dto));
  return Object.entries(plain).flatMap(([name, value]: [string, unknown]) => {
    const field = parent + name;
    if (!read.has(name)) return [{ field, message: `property ${name} should not exist` }];
    const inner = read.get(name);
    return isObject(value) && isObject(inner) && inner !== value
      ? ignoredFields(value, inner, `${field}.`)
      : [];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
