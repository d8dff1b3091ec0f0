import fc, { type Arbitrary } from 'fast-check';
import type { Operation } from '../../support/openapi-document.js';
import type { FuzzContext } from '../fuzz-context.js';
import type { RawRequest } from '../raw-http.js';
import { nestedJson, toForm, toJson } from './encoding.js';
import { corruptedValue, hostileValue, validValue, type Schemas } from './values.js';

/** Generates a body, valid in about a quarter of the cases. */
export function arbitraryBody(
  { name, requestBody }: Operation,
  schemas: Schemas,
  context: FuzzContext,
): Arbitrary<Pick<RawRequest, 'headers' | 'body'>> {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined) return fc.constant({ headers: [] });
  const valid =
    name === 'POST /api/v1/orders'
      ? fc.constantFrom(context.validOrder, { ...context.validOrder, pickup_name: 'Ada', note: 'Extra\nhot' })
      : validValue(media?.schema ?? {}, schemas, context);
  const value = fc.oneof(valid, valid.chain(corruptedValue), valid.chain(corruptedValue), hostileValue);
  const wrongTypes = ['text/plain', `${type}; charset=utf-16`, `${type}; charset=x`, 'x'];
  const contentType = fc.oneof(
    { weight: 12, arbitrary: fc.constant(type) },
    { weight: 1, arbitrary: fc.constantFrom(...wrongTypes) },
  );
  return fc
    .record({ value, type: contentType, corrupt: textCorruption })
    .map(({ value: given, type: sentType, corrupt }) => ({
      headers: [['Content-Type', sentType]],
      body: corrupt(type.includes('json') ? toJson(given) : toForm(given)),
    }));
}

/** Mostly leaves the text as it is. */
const textCorruption: Arbitrary<(text: string) => string | Buffer> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((text: string) => text) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<((text: string) => string | Buffer)[]>(
      (text) => text.slice(0, -1),
      (text) => text + text,
      (text) => text.replace('{', '{"__proto__":{"role":"manager"},'),
      (text) => text.replace('{', '{"items":1,"name":2,"status":3,"metadata":{"a":1,"a":2},'),
      (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
      (text) => text.padEnd(110_000),
      () => nestedJson(90),
      () => '['.repeat(50_000),
    ),
  },
);
