import { isInstant } from './instant.js';

describe('isInstant', () => {
  it.each(['2026-11-24T10:00:00Z', '2026-11-24t10:00:00.123+05:30', '9999-12-31T23:59:59Z'])(
    'accepts %s',
    (value) => expect(isInstant(value)).toBe(true),
  );

  it.each([
    ['no offset', '2026-11-24T10:00:00'],
    ['no time', '2026-11-24'],
    ['a day that does not exist', '2026-02-30T10:00:00Z'],
    ['a number', 1_795_514_400],
  ])('refuses %s', (_, value) => expect(isInstant(value)).toBe(false));
});
