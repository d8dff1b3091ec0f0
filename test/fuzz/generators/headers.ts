import fc, { type Arbitrary } from 'fast-check';
import { sign } from '../../support/token.js';
import { JWT_SECRET, type FuzzContext } from '../fuzz-context.js';
import type { RawRequest } from '../raw-http.js';

export type HeaderLines = RawRequest['headers'];

const NONE: HeaderLines = [];
const now = Math.floor(Date.now() / 1000);

/** Generates a header, mostly once, sometimes not at all or twice. */
export function arbitraryHeader(name: string): Arbitrary<HeaderLines> {
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
  const toLine = (text: string): [string, string] => [name, text];
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(NONE) },
    { weight: 5, arbitrary: value.map((text): HeaderLines => [toLine(text)]) },
    { weight: 1, arbitrary: fc.tuple(value, value).map((texts) => texts.map(toLine)) },
  );
}

/** Generates an Authorization header, mostly a valid one. */
export function arbitraryAuthorization({ customer, manager }: FuzzContext): Arbitrary<HeaderLines> {
  const claims = { sub: manager.id, role: 'manager', iat: now, exp: now + 600 };
  const invalidTokens = [
    sign(claims, '', 'none'),
    sign(claims, 'another secret'),
    sign({ ...claims, exp: now - 1 }, JWT_SECRET),
    ...[
      { sub: 'x' },
      { sub: customer.id },
      { role: 'owner' },
      { exp: 'x' },
      { iat: undefined },
      { nbf: now + 600 },
    ].map((changes) => sign({ ...claims, ...changes }, JWT_SECRET)),
  ];
  const invalid = [
    ...['', 'Bearer', 'Basic YTpi', 'Bearer x.y.z', `Bearer ${customer.token ?? ''} x`],
    ...invalidTokens.map((token) => `Bearer ${token}`),
  ];
  const header = (value: string): HeaderLines => [['Authorization', value]];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(header(`Bearer ${manager.token ?? ''}`)) },
    { weight: 4, arbitrary: fc.constant(header(`Bearer ${customer.token ?? ''}`)) },
    { weight: 1, arbitrary: fc.constant(NONE) },
    { weight: 1, arbitrary: fc.constantFrom(...invalid).map(header) },
  );
}
