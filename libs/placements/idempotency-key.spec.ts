import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { fingerprint, IdempotencyKey } from './idempotency-key.js';
import { InvalidIdempotencyKey } from './placements.errors.js';

describe('Idempotency-Key', () => {
  it('is absent where no header was sent', () => {
    expect(IdempotencyKey.parse([])).toBeUndefined();
  });

  it.each(['k', '0f8c1b9e-4d3b-4f0e-9a52-8f7f1a2b3c4d', 'k'.repeat(255), 'a b', '"quoted"', '~!@,;='])(
    'may be %s',
    (key) => {
      expect(IdempotencyKey.parse([key])?.hash).toEqual(createHash('sha256').update(key).digest());
    },
  );

  it('is the same with white space around it', () => {
    expect(IdempotencyKey.parse([' k\t'])).toEqual(IdempotencyKey.parse(['k']));
  });

  it('tells upper case from lower case', () => {
    expect(IdempotencyKey.parse(['K'])?.hash).not.toEqual(IdempotencyKey.parse(['k'])?.hash);
  });

  it.each([
    ['is empty', ['']],
    ['is blank', ['   ']],
    ['has 256 characters', ['k'.repeat(256)]],
    ['is not ASCII', ['caf\u00e9']],
    ['has a tab inside', ['a\tb']],
    ['has a line break inside', ['a\nb']],
    ['ends in DEL', ['a\u007f']],
    ['is given twice', ['a', 'b']],
    ['is given twice the same', ['a', 'a']],
  ])('is refused when it %s', (_, lines) => {
    expect(() => IdempotencyKey.parse(lines)).toThrow(InvalidIdempotencyKey);
  });

  it('never leaves its object', () => {
    const key = IdempotencyKey.parse(['canary']);

    expect(JSON.stringify(key)).not.toContain('canary');
    expect(inspect(key, { depth: Infinity, showHidden: true })).not.toContain('canary');
  });
});

describe('the fingerprint of a request', () => {
  it('does not depend on the order of names, at any depth', () => {
    const one = { lines: [{ product: 1, quantity: 2 }], metadata: { a: { x: 1, y: 2 }, 10: 3, b: 4 } };
    const other = { metadata: { b: 4, 10: 3, a: { y: 2, x: 1 } }, lines: [{ quantity: 2, product: 1 }] };

    expect(fingerprint(one)).toEqual(fingerprint(other));
  });

  it('takes an undefined member for an absent one', () => {
    expect(fingerprint({ a: 1, metadata: undefined })).toEqual(fingerprint({ a: 1 }));
  });

  it.each([
    ['the order of lines', { lines: [1, 2] }, { lines: [2, 1] }],
    ['null from absent', { metadata: null }, {}],
    ['a number from its text', { a: 1 }, { a: '1' }],
    ['a list from an object', { a: [] }, { a: {} }],
    ['true from 1', { a: true }, { a: 1 }],
    ['a name from its value', { a: 'b' }, { b: 'a' }],
    ['nested from flat', { a: { b: 1 } }, { a: 1, b: 1 }],
  ])('tells %s', (_, one, other) => {
    expect(fingerprint(one)).not.toEqual(fingerprint(other));
  });

  it('is a SHA-256', () => {
    expect(fingerprint({ b: 1, a: 2 })).toEqual(createHash('sha256').update('{"a":2,"b":1}').digest());
  });
});
