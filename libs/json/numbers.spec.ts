import { losesDigits } from './numbers.js';

describe('losesDigits', () => {
  it.each([
    ['no number', '{"a":"b","c":[true,null]}'],
    ['short numbers', '[0,-1,2.5,1e2,-0,1.50,100,1E-7,0.1,-12.0e+3]'],
    ['the largest safe integers', '[9007199254740991,-9007199254740991]'],
    ['17 digits that a double holds', '0.30000000000000004'],
    ['long numbers in strings', '{"id":"12345678901234567891","1e999":"\\"1e999"}'],
    ['an escaped quotation mark before a long number', '"\\\\\\" 12345678901234567891"'],
  ])('returns false for %s', (_, json) => {
    expect(() => JSON.parse(json) as unknown).not.toThrow();
    expect(losesDigits(json)).toBe(false);
  });

  it.each([
    '12345678901234567891',
    '9007199254740993',
    '-9007199254740992',
    '1e999',
    '-1e999',
    '1e-999',
    '1e30',
    '0.1234567890123456789',
    '9007199254740991.4',
    '{"a":[{"b":"x","id":12345678901234567891}]}',
    '["\\\\",12345678901234567891]',
  ])('returns true for %s', (json) => {
    expect(() => JSON.parse(json) as unknown).not.toThrow();
    expect(losesDigits(json)).toBe(true);
  });

  it.each([
    ['a number of 60,000 zeros and a one', `0.${'0'.repeat(60_000)}1`],
    ['a number of 60,000 digits', '1234567890'.repeat(6_000)],
    ['a text of 60,000 quotation marks', JSON.stringify('"'.repeat(60_000))],
  ])('is fast for %s', (_, json) => {
    const startedAt = performance.now();

    losesDigits(json);

    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
