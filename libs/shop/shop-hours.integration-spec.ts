import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { ALL_DAY, BERLIN, every, setHours, type HoursCase } from '../../test/support/shop-hours.js';
import type { ShopState } from './shop.js';
import { READ_STATE } from './shop.sql.js';

describe('the hours of the shop', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each<HoursCase>([
    ['is always open without hours', BERLIN, '2026-11-24T10:00Z', {}, true, null, null],
    ['is always open if all days adjoin', BERLIN, '2026-11-24T10:00Z', every(ALL_DAY), true, null, null],
    [
      'is never open if its only date is past',
      BERLIN,
      '2026-11-24T10:00Z',
      { exceptions: { '2026-11-01': [ALL_DAY] } },
      false,
      null,
      null,
    ],
    [
      'opens at the start of an interval',
      BERLIN,
      '2026-11-24T05:59:59Z',
      every(['07:00', '11:30']),
      false,
      '2026-11-24T06:00Z',
      '2026-11-24T10:30Z',
    ],
    [
      'is open at the start of an interval',
      BERLIN,
      '2026-11-24T06:00Z',
      every(['07:00', '11:30']),
      true,
      '2026-11-25T06:00Z',
      '2026-11-24T10:30Z',
    ],
    [
      'is closed at the end of an interval',
      BERLIN,
      '2026-11-24T10:30Z',
      every(['07:00', '11:30']),
      false,
      '2026-11-25T06:00Z',
      '2026-11-25T10:30Z',
    ],
    [
      'merges intervals that adjoin',
      BERLIN,
      '2026-11-24T06:00Z',
      every(['07:00', '11:30'], ['11:30', '12:00']),
      true,
      '2026-11-25T06:00Z',
      '2026-11-24T11:00Z',
    ],
    [
      'is open over midnight',
      BERLIN,
      '2026-11-24T00:30Z',
      { weekly: { mon: [['22:00', '02:00']] } },
      true,
      '2026-11-30T21:00Z',
      '2026-11-24T01:00Z',
    ],
    [
      'is open over the end of the week',
      BERLIN,
      '2026-11-23T00:30Z',
      { weekly: { sun: [['22:00', '02:00']] } },
      true,
      '2026-11-29T21:00Z',
      '2026-11-23T01:00Z',
    ],
    [
      'takes an end that equals the start for 24 hours',
      BERLIN,
      '2026-11-24T08:00Z',
      { weekly: { tue: [['07:00', '07:00']] } },
      true,
      '2026-12-01T06:00Z',
      '2026-11-25T06:00Z',
    ],
    [
      'is closed on an exception without intervals',
      BERLIN,
      '2026-12-24T10:00Z',
      { ...every(['08:00', '18:00']), exceptions: { '2026-12-24': [] } },
      false,
      '2026-12-25T07:00Z',
      '2026-12-25T17:00Z',
    ],
    [
      'does not cut the night before an exception',
      BERLIN,
      '2026-12-23T23:30Z',
      { ...every(['22:00', '02:00']), exceptions: { '2026-12-24': [] } },
      true,
      '2026-12-25T21:00Z',
      '2026-12-24T01:00Z',
    ],
    [
      'finds an exception years ahead',
      BERLIN,
      '2026-11-24T10:00Z',
      { exceptions: { '2031-07-01': [['23:00', '01:00']] } },
      false,
      '2031-07-01T21:00Z',
      '2031-07-01T23:00Z',
    ],
    [
      'finds the closing of an always open shop years ahead',
      BERLIN,
      '2026-11-24T10:00Z',
      { ...every(ALL_DAY), exceptions: { '2031-07-01': [] } },
      true,
      '2031-07-01T22:00Z',
      '2031-06-30T22:00Z',
    ],
    [
      'finds the first week without an exception',
      BERLIN,
      '2026-11-24T10:00Z',
      {
        weekly: { mon: [['08:00', '18:00']] },
        exceptions: Object.fromEntries(
          ['2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28'].map((date) => [date, []]),
        ),
      },
      false,
      '2027-01-04T07:00Z',
      '2027-01-04T17:00Z',
    ],
  ])('%s', async (_, zone, at, hours, isOpen, opens, closes) => {
    await setHours(database, hours);

    const [state] = await database.query<ShopState>(READ_STATE, [zone, at]);

    expect(state).toMatchObject({
      isOpen,
      opensAt: opens && new Date(opens),
      closesAt: closes && new Date(closes),
    });
  });
});
