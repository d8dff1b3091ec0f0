import fc, { type Arbitrary } from 'fast-check';
import type { Operation } from '../support/openapi-document.js';
import { sign } from '../support/token.js';
import type { RawRequest } from './raw-http.js';
import { JWT_SECRET, type FuzzContext } from './fuzz-context.js';

/** As much of a schema as requests are made from. */
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

/** Stands in JSON for a number that JavaScript cannot hold. */
const HUGE_NUMBER = '"#1e400#"';
const now = Math.floor(Date.now() / 1000);

const hostileValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    ...[null, true, -1, 0, 1.5, 101, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -(2 ** 31) - 1, '#1e400#'],
    ...['', ' ', '2', 'x'.repeat(256), 'x'.repeat(5_000), '\0', 'a\0b', '\ud800', '‮', `' OR 1=1 --`],
    ...[[], {}, [[]], Array(60).fill({}), { toString: 1 }, { constructor: { prototype: {} } }, nested(40)],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Requests for one operation of the document, right and wrong in every part. */
export function requests(
  operation: Operation,
  schemas: Schemas,
  context: FuzzContext,
): Arbitrary<RawRequest> {
  const ids = fc.oneof(
    fc.constantFrom(
      context.waitingOrderId,
      context.deliveredOrderId,
      context.product.id,
      context.withdrawnProductId,
    ),
    fc.uuid(),
    fc.constantFrom('x', '%00', '%zz', '%2e%2e%2f', '__proto__', '0'.repeat(36), 'a'.repeat(5_000)),
  );
  const parameters = operation.parameters ?? [];
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const query = fc.record(
    Object.fromEntries(
      [...queries.map(({ name }) => name), 'extra', '__proto__[x]'].map((name) => [name, queryValue(name)]),
    ),
    { requiredKeys: [] },
  );
  const headers = parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => headerLines(name));
  return fc
    .record({
      ids: fc.array(ids, { minLength: 2, maxLength: 2 }),
      query: fc.option(query, { freq: 2 }),
      headers: fc.tuple(...headers).map((lines) => lines.flat()),
      authorization: authorizations(context),
      content: bodies(operation, schemas, context),
    })
    .map(({ ids: [id = ''], query: asked, headers: extra, authorization, content }) => ({
      method: operation.method,
      path: operation.path.replace('{id}', id) + (asked ? `?${asForm(asked)}` : ''),
      headers: [...authorization, ...extra, ...content.headers],
      body: content.body,
    }));
}

function queryValue(name: string): Arbitrary<string> {
  const plausible = name === 'limit' ? ['1', '100'] : ['waiting', 'ready', 'unknown', 'dead', 'placed'];
  return fc.oneof(
    fc.constantFrom(...plausible),
    fc.constantFrom(
      '',
      '0',
      '-1',
      '101',
      '1e9',
      'abc',
      '\0',
      'eyJ4IjoxfQ',
      'x'.repeat(2_000),
      '[object Object]',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text.isWellFormed()),
  );
}

function headerLines(name: string): Arbitrary<HeaderLines> {
  const none: HeaderLines = [];
  const value = fc.oneof(
    fc.uuid(),
    fc.constantFrom(
      '',
      ' ',
      'k'.repeat(255),
      'k'.repeat(256),
      'caf\u00e9',
      'a\tb',
      '"quoted"',
      'used before',
      '*',
    ),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(none) },
    { weight: 5, arbitrary: value.map((one): HeaderLines => [[name, one]]) },
    {
      weight: 1,
      arbitrary: fc.tuple(value, value).map((two) => two.map((one): [string, string] => [name, one])),
    },
  );
}

function authorizations({ customer, manager }: FuzzContext): Arbitrary<HeaderLines> {
  const claims = { sub: manager.id, role: 'manager', iat: now, exp: now + 600 };
  const bad = [
    ...['', 'Bearer', 'Basic YTpi', 'Bearer x.y.z', `Bearer ${customer.token ?? ''} x`],
    ...[
      sign(claims, '', 'none'),
      sign(claims, 'another secret'),
      sign({ ...claims, exp: now - 1 }, JWT_SECRET),
    ].map((token) => `Bearer ${token}`),
    ...[
      { sub: 'x' },
      { sub: customer.id },
      { role: 'owner' },
      { exp: 'x' },
      { iat: undefined },
      { nbf: now + 600 },
    ].map((change) => `Bearer ${sign({ ...claims, ...change }, JWT_SECRET)}`),
  ];
  const line = (value: string): HeaderLines => [['Authorization', value]];
  const none: HeaderLines = [];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(line(`Bearer ${manager.token ?? ''}`)) },
    { weight: 4, arbitrary: fc.constant(line(`Bearer ${customer.token ?? ''}`)) },
    { weight: 1, arbitrary: fc.constant(none) },
    { weight: 1, arbitrary: fc.constantFrom(...bad).map(line) },
  );
}

type HeaderLines = [name: string, value: string][];
type Content = Pick<RawRequest, 'headers' | 'body'>;

function bodies(
  { name, requestBody }: Operation,
  schemas: Schemas,
  context: FuzzContext,
): Arbitrary<Content> {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined) return fc.constant({ headers: [] });
  const valid =
    name === 'POST /api/v1/orders'
      ? fc.constant(context.validOrder)
      : validValue(media?.schema ?? {}, schemas, context);
  const value = fc.oneof(valid, valid.chain(corrupted), valid.chain(corrupted), hostileValue);
  const types = fc.oneof(
    { weight: 12, arbitrary: fc.constant(type) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', `${type}; charset=utf-16`, `${type}; charset=x`, 'x'),
    },
  );
  return fc
    .record({ value, type: types, corruption })
    .map(({ value: given, type: contentType, corruption: corrupt }) => ({
      headers: [['Content-Type', contentType]],
      body: corrupt(type.includes('json') ? asJson(given) : asForm(given)),
    }));
}

/** A value as the schema describes it; ids are often ones that exist. */
function validValue(schema: Schema, schemas: Schemas, context: FuzzContext): Arbitrary<unknown> {
  const {
    $ref,
    type,
    format,
    enum: choices,
    items,
    properties = {},
    required = [],
    minimum,
    maximum,
  } = schema;
  if ($ref !== undefined) return validValue(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, context);
  if (choices) return fc.constantFrom(...choices);
  if (format === 'uuid')
    return fc.oneof(fc.constantFrom(context.product.id, context.waitingOrderId), fc.uuid());
  switch (type) {
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
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(properties).map(([name, one]) => [name, validValue(one, schemas, context)]),
        ),
        { requiredKeys: required },
      );
    case undefined:
    default:
      return fc.jsonValue();
  }
}

/** The value with one thing in it replaced, left out or added, at any depth. */
function corrupted(value: unknown): Arbitrary<unknown> {
  if (Array.isArray(value) && value.length > 0)
    return fc
      .nat(value.length - 1)
      .chain((index) => corrupted(value[index]).map((bad) => value.with(index, bad)));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hostileValue;
  const fields = Object.entries(value);
  const names = fc.constantFrom(
    ...Object.keys(value),
    'extra',
    'id',
    'status',
    'role',
    '__proto__',
    'constructor',
    'toString',
  );
  return fc.oneof(
    fc
      .record({ name: names, bad: hostileValue })
      .map(({ name, bad }) => Object.fromEntries([...fields, [name, bad]])),
    names.map((name) => Object.fromEntries(fields.filter(([one]) => one !== name))),
    names.chain((name) =>
      corrupted(fields.find(([one]) => one === name)?.[1]).map((bad) =>
        Object.fromEntries([...fields, [name, bad]]),
      ),
    ),
  );
}

/** Mostly none; else the text is cut off, doubled, given a field twice, a broken byte, or made far too large. */
const corruption: Arbitrary<(text: string) => string | Buffer> = fc.oneof(
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
      () => nested(90),
      () => '['.repeat(50_000),
    ),
  },
);

function asJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(HUGE_NUMBER, '1e400');
}

function asForm(value: unknown): string {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['username', value]];
  return fields.map(([name, one]) => `${encode(name)}=${encode(one)}`).join('&');
}

function encode(part: unknown): string {
  return encodeURIComponent((typeof part === 'string' ? part : asJson(part)).toWellFormed());
}

function nested(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}
