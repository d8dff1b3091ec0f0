import { entityTagOf, matchesStrongly, UNSHOWN } from './entity-tag.js';

describe('entityTagOf', () => {
  it('is strong and quoted', () => {
    expect(entityTagOf({ a: 1 })).toMatch(/^"[\w-]{43}"$/);
  });

  it('differs for different values', () => {
    expect(entityTagOf({ a: 1 })).not.toBe(entityTagOf({ a: '1' }));
  });

  it('differs for different state that is not shown', () => {
    const [one, other] = [1, 2].map((limit) => ({ a: 1, [UNSHOWN]: { limit } }));

    expect(entityTagOf(one!)).not.toBe(entityTagOf(other!));
  });
});

describe('matchesStrongly', () => {
  it.each([
    ['the tag', ['"x"']],
    ['*', ['*']],
    ['a list', ['"y", "x"']],
    ['a list without blanks', ['"y","x","z"']],
    ['a list with empty items', [', "x" ,,']],
    ['several lines', ['"y"', '"x"']],
    ['a list with a tag that contains a comma', ['"y,z", "x"']],
  ])('accepts %s', (_, lines) => {
    expect(matchesStrongly(lines, '"x"')).toBe(true);
  });

  it.each([
    ['another tag', ['"y"']],
    ['the weak tag', ['W/"x"']],
    ['the weak tag in lower case', ['w/"x"']],
    ['the tag in another case', ['"X"']],
    ['the tag without quotes', ['x']],
    ['an empty line', ['']],
    ['* in quotes', ['"*"']],
    ['* beside another tag', ['*, "y"']],
    ['a tag that contains the tag', ['"y, "x""z"']],
    ['a tag with * between commas', ['"y,*,z"']],
  ])('refuses %s', (_, lines) => {
    expect(matchesStrongly(lines, '"x"')).toBe(false);
  });
});
