import { findInvalidValue } from './invalid-value.js';

/** A value inside `levels` lists. */
function nested(levels: number, value: unknown = 1): unknown {
  return levels === 0 ? value : [nested(levels - 1, value)];
}

describe('what PostgreSQL can store', () => {
  it.each([
    ['a number', 1],
    ['null', null],
    ['a truth', true],
    ['nothing', undefined],
    ['an empty object', {}],
    ['an empty list', []],
    ['a pair of surrogates', { note: '\u{1f600}' }],
    ['control characters but NUL', { note: '\u0001\t\n' }],
    ['names of the prototype that are harmless', { toString: 2 }],
    ['32 levels', nested(32)],
  ])('is %s', (_, value) => {
    expect(findInvalidValue(value)).toBeUndefined();
  });

  it.each([
    ['NUL in a text', { note: 'a\0b' }, 'note'],
    ['a high surrogate alone', { note: '\ud800' }, 'note'],
    ['a low surrogate alone', { note: 'a\udc00' }, 'note'],
    ['a fault deep inside', { items: [{ ok: 'x' }, { tags: ['fine', '\0'] }] }, 'items.1.tags.1'],
    ['NUL in a name', { metadata: { 'a\0': 1 } }, 'metadata'],
    ['a lone surrogate in a name', { metadata: { '\udfff': 1 } }, 'metadata'],
    [
      'the name __proto__',
      { metadata: JSON.parse('{"__proto__": {"admin": true}}') as unknown },
      'metadata.__proto__',
    ],
    ['the name constructor', { metadata: { constructor: { prototype: {} } } }, 'metadata.constructor'],
    ['a text that is the whole body', '\0', 'body'],
    ['a bad name in the body itself', { '\0': 1 }, 'body'],
  ])('is not %s, and the field is named', (_, value, field) => {
    const fault = findInvalidValue(value);

    expect(fault?.field).toBe(field);
    expect(fault?.message).toMatch(new RegExp(`^${field} (must|has|is) `));
    expect(fault?.message).not.toContain('\0');
  });

  it('is not deeper than 32 levels', () => {
    expect(findInvalidValue(nested(33))?.message).toMatch(/must not be nested deeper than 32 levels$/);
  });

  it('is looked for without an end to the stack', () => {
    expect(findInvalidValue(JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)))).toBeDefined();
  });

  it('calls the value itself as it is told to', () => {
    expect(findInvalidValue({ '\0': 1 }, 'query')?.field).toBe('query');
    expect(findInvalidValue({ a: '\0' }, 'query')?.field).toBe('a');
  });
});
