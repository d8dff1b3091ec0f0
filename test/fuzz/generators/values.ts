import fc, { type Arbitrary } from 'fast-check';
import type { FuzzContext } from '../fuzz-context.js';
import { HUGE_NUMBER, nestedJson } from './encoding.js';

/** The part of a JSON schema that generators use. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}
export type Schemas = Record<string, Schema>;

/** Values that often break validation, and any JSON. */
export const hostileValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    ...[null, true, -1, 0, 1.5, 101, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -(2 ** 31) - 1, HUGE_NUMBER],
    ...['', ' ', '2', 'x'.repeat(256), 'x'.repeat(5_000), '\0', 'a\0b', '\ud800', '\u202e', `' OR 1=1 --`],
    ...[[], {}, [[]], Array(60).fill({}), { toString: 1 }, { constructor: { prototype: {} } }],
    nestedJson(40),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Generates a value that the schema allows; half of the ids exist. */
export function validValue(schema: Schema, schemas: Schemas, context: FuzzContext): Arbitrary<unknown> {
  const { $ref, type, format, enum: choices, items, properties = {} } = schema;
  const { required = [], minimum, maximum } = schema;
  if ($ref !== undefined) return validValue(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, context);
  if (choices) return fc.constantFrom(...choices);
  if (format === 'uuid') {
    return fc.oneof(fc.constantFrom(context.product.id, context.waitingOrderId), fc.uuid());
  }
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({ min: minimum ?? -1_000, max: maximum ?? 1_000 });
    case 'string':
      return fc.oneof(
        fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
        fc.constantFrom('customer@example.com', 'customer123'),
      );
    case 'array':
      return fc.array(validValue(items ?? {}, schemas, context), { maxLength: 4 });
    case 'object': {
      const fields = Object.entries(properties).map(
        ([name, field]) => [name, validValue(field, schemas, context)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: required });
    }
    case undefined:
    default:
      return fc.jsonValue();
  }
}

/** Generates the value with one change at any depth: a part is replaced, removed or added. */
export function corruptedValue(value: unknown): Arbitrary<unknown> {
  if (Array.isArray(value) && value.length > 0) {
    return fc
      .nat(value.length - 1)
      .chain((index) => corruptedValue(value[index]).map((bad) => value.with(index, bad)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hostileValue;
  const fields = Object.entries(value);
  const withField = (name: string, field: unknown): object => Object.fromEntries([...fields, [name, field]]);
  const names = fc.constantFrom(
    ...Object.keys(value),
    ...['extra', 'id', 'status', 'role', '__proto__', 'constructor', 'toString'],
  );
  return fc.oneof(
    fc.record({ name: names, bad: hostileValue }).map(({ name, bad }) => withField(name, bad)),
    names.map((removed) => Object.fromEntries(fields.filter(([name]) => name !== removed))),
    names.chain((name) =>
      corruptedValue(fields.find(([other]) => other === name)?.[1]).map((bad) => withField(name, bad)),
    ),
  );
}
