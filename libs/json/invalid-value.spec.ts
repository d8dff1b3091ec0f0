import { findInvalidValue } from './invalid-value.js';

/** Returns a value inside `levels` arrays. */
function nested(levels: number, value: unknown = 1): unknown {
  return levels === 0 ? value : [nested(levels - 1, value)];
}

describe('findInvalidValue', () => {
  it.each([
    ['a number', 1],
    ['null', null],
    ['a boolean', true],
    ['undefined', undefined],
    ['an empty object', {}],
    ['an empty array', []],
    ['a surrogate pair', { note: '\u{1f600}' }],
    ['control characters except NUL', { note: '\u0001\t\n' }],
    ['a harmless name of the prototype', { toString: 2 }],
    ['32 levels of nesting', nested(32)],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER],
    ['the smallest safe integer', Number.MIN_SAFE_INTEGER],
    ['small decimals', [0.1, -2.5, 1e-300]],
  ])('returns undefined for %s', (_, value) => {
    expect(findInvalidValue(value)).toBeUndefined();
  });

  it.each([
    ['text with NUL', { note: 'a\0b' }, 'note'],
    ['a lone high surrogate', { note: '\ud800' }, 'note'],
    ['a lone low surrogate', { note: 'a\udc00' }, 'note'],
    ['a nested invalid value', { items: [{ ok: 'x' }, { tags: ['fine', '\0'] }] }, 'items.1.tags.1'],
    ['a name with NUL', { metadata: { 'a\0': 1 } }, 'metadata'],
    ['a name with a lone surrogate', { metadata: { '\udfff': 1 } }, 'metadata'],
    [
      'the name __proto__',
      { metadata: JSON.parse('{"__proto__": {"admin": true}}') as unknown },
      'metadata.__proto__',
    ],
    ['the name constructor', { metadata: { constructor: { prototype: {} } } }, 'metadata.constructor'],
    ['an infinite number', { metadata: JSON.parse('{"big":[1e999]}') as unknown }, 'metadata.big.0'],
    ['a large integer', { pos_id: JSON.parse('12345678901234567891') as unknown }, 'pos_id'],
    ['a large negative integer', { pos_id: -(2 ** 53) }, 'pos_id'],
    ['a large integer with an exponent', { pos_id: 1e30 }, 'pos_id'],
    ['a large number as the whole body', 2 ** 53, 'body'],
    ['invalid text as the whole body', '\0', 'body'],
    ['an invalid name at the top level', { '\0': 1 }, 'body'],
  ])('names the field of %s', (_, value, field) => {
    const fault = findInvalidValue(value);

    expect(fault?.field).toBe(field);
    expect(fault?.message).toMatch(new RegExp(`^${field} (must|has|is) `));
    expect(fault?.message).not.toContain('\0');
  });

  it('refuses 33 levels of nesting', () => {
    expect(findInvalidValue(nested(33))?.message).toMatch(/must not be nested deeper than 32 levels$/);
  });

  it('does not exhaust the stack for 5,000 levels', () => {
    expect(findInvalidValue(JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)))).toBeDefined();
  });

  it('uses the given name for the value itself', () => {
    expect(findInvalidValue({ '\0': 1 }, 'query')?.field).toBe('query');
  });

  it('does not use the given name for a member', () => {
    expect(findInvalidValue({ a: '\0' }, 'query')?.field).toBe('a');
  });
});
