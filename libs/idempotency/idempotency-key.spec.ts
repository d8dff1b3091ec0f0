import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { fingerprint, IdempotencyKey } from './idempotency-key.js';
import { InvalidIdempotencyKey } from './idempotency.errors.js';

describe('IdempotencyKey', () => {
  it('is undefined without a header', () => {
    expect(IdempotencyKey.parse([])).toBeUndefined();
  });

  it.each(['k', '0f8c1b9e-4d3b-4f0e-9a52-8f7f1a2b3c4d', 'k'.repeat(255), 'a b', '"quoted"', '~!@,;='])(
    'accepts %s',
    (key) => {
      expect(IdempotencyKey.parse([key])?.hash).toEqual(createHash('sha256').update(key).digest());
    },
  );

  it('ignores white space around the key', () => {
    expect(IdempotencyKey.parse([' k\t'])).toEqual(IdempotencyKey.parse(['k']));
  });

  it('distinguishes upper case from lower case', () => {
    expect(IdempotencyKey.parse(['K'])?.hash).not.toEqual(IdempotencyKey.parse(['k'])?.hash);
  });

  it.each([
    ['an empty key', ['']],
    ['a blank key', ['   ']],
    ['a key of 256 characters', ['k'.repeat(256)]],
    ['a key that is not ASCII', ['caf\u00e9']],
    ['a key with a tab', ['a\tb']],
    ['a key with a line break', ['a\nb']],
    ['a key with DEL', ['a\u007f']],
    ['two keys', ['a', 'b']],
    ['two equal keys', ['a', 'a']],
  ])('throws InvalidIdempotencyKey for %s', (_, lines) => {
    expect(() => IdempotencyKey.parse(lines)).toThrow(InvalidIdempotencyKey);
  });

  it('does not expose the key', () => {
    const key = IdempotencyKey.parse(['canary']);

    expect(JSON.stringify(key)).not.toContain('canary');
    expect(inspect(key, { depth: Infinity, showHidden: true })).not.toContain('canary');
  });
});

describe('fingerprint', () => {
  it('does not depend on the order of members at any depth', () => {
    const one = { lines: [{ product: 1, quantity: 2 }], metadata: { a: { x: 1, y: 2 }, 10: 3, b: 4 } };
    const other = { metadata: { b: 4, 10: 3, a: { y: 2, x: 1 } }, lines: [{ quantity: 2, product: 1 }] };

    expect(fingerprint(one)).toEqual(fingerprint(other));
  });

  it('treats an undefined member as absent', () => {
    expect(fingerprint({ a: 1, metadata: undefined })).toEqual(fingerprint({ a: 1 }));
  });

  it.each([
    ['the order of array items', { lines: [1, 2] }, { lines: [2, 1] }],
    ['null and absent', { metadata: null }, {}],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['an array and an object', { a: [] }, { a: {} }],
    ['true and 1', { a: true }, { a: 1 }],
    ['a name and a value', { a: 'b' }, { b: 'a' }],
    ['nested and flat members', { a: { b: 1 } }, { a: 1, b: 1 }],
  ])('distinguishes %s', (_, one, other) => {
    expect(fingerprint(one)).not.toEqual(fingerprint(other));
  });

  it('is the SHA-256 of the JSON with sorted names', () => {
    expect(fingerprint({ b: 1, a: 2 })).toEqual(createHash('sha256').update('{"a":2,"b":1}').digest());
  });
});
