import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['seconds', '60', 60_000],
    ['zero seconds', '0', 0],
    ['seconds between blanks', ' 60 ', 60_000],
    ['an IMF date', 'Tue, 24 Nov 2026 10:01:00 GMT', 60_000],
    ['a date of RFC 850', 'Tuesday, 24-Nov-26 10:01:00 GMT', 60_000],
    ['a date of asctime', 'Tue Nov 24 10:01:00 2026', 60_000],
    ['a date that has passed', 'Tue, 24 Nov 2026 09:59:59 GMT', 0],
  ])('reads %s', (_, header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });

  it.each(['3601', '9'.repeat(400), 'Wed, 25 Nov 2026 10:00:00 GMT'])(
    'waits at most an hour for %s',
    (header) => {
      expect(retryAfterMs(header, NOW)).toBe(3_600_000);
    },
  );

  it.each([
    undefined,
    '',
    '-60',
    '60.5',
    '1e3',
    'soon',
    '2027-11-24',
    '2026-11-24T10:01:00Z',
    'Tue, 24 Foo 2026 10:01:00 GMT',
  ])('ignores %s', (header) => {
    expect(retryAfterMs(header, NOW)).toBe(0);
  });
});
