import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { ALL_DAY, BERLIN, every, setHours, type HoursCase } from '../../test/support/shop-hours.js';
import type { ShopState } from './shop.js';
import { READ_STATE } from './shop.sql.js';

const NEW_YORK = 'America/New_York';
/** Changes its clocks by half an hour. */
const LORD_HOWE = 'Australia/Lord_Howe';
/** Changes its clocks at midnight. */
const CAIRO = 'Africa/Cairo';
const KOLKATA = 'Asia/Kolkata';

describe('the hours of the shop when the clocks change', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each<HoursCase>([
    [
      'opens after the gap if it would open within it',
      BERLIN,
      '2026-03-29T00:30Z',
      every(['02:30', '05:00']),
      false,
      '2026-03-29T01:00Z',
      '2026-03-29T03:00Z',
    ],
    [
      'closes at the gap if it would close within it',
      BERLIN,
      '2026-03-29T00:30Z',
      every(['00:00', '02:30']),
      true,
      '2026-03-29T22:00Z',
      '2026-03-29T01:00Z',
    ],
    [
      'skips an interval within the gap',
      BERLIN,
      '2026-03-28T12:00Z',
      { weekly: { sun: [['02:00', '03:00']] } },
      false,
      '2026-04-05T00:00Z',
      '2026-04-05T01:00Z',
    ],
    [
      'keeps the local time after the gap',
      BERLIN,
      '2026-03-28T21:00Z',
      every(['07:00', '12:00']),
      false,
      '2026-03-29T05:00Z',
      '2026-03-29T10:00Z',
    ],
    [
      'is open twice in the hour that happens twice, first',
      BERLIN,
      '2026-10-25T00:00Z',
      every(['02:15', '02:45']),
      false,
      '2026-10-25T00:15Z',
      '2026-10-25T00:45Z',
    ],
    [
      'is open twice in the hour that happens twice, second',
      BERLIN,
      '2026-10-25T00:45Z',
      every(['02:15', '02:45']),
      false,
      '2026-10-25T01:15Z',
      '2026-10-25T01:45Z',
    ],
    [
      'opens again if it closed in the hour that happens twice',
      BERLIN,
      '2026-10-25T00:00Z',
      every(['00:00', '02:30']),
      true,
      '2026-10-25T01:00Z',
      '2026-10-25T00:30Z',
    ],
    [
      'closes again if it opened in the hour that happens twice',
      BERLIN,
      '2026-10-24T20:00Z',
      every(['02:30', '05:00']),
      false,
      '2026-10-25T00:30Z',
      '2026-10-25T01:00Z',
    ],
    [
      'stays open for 25 hours',
      BERLIN,
      '2026-10-24T22:00Z',
      { weekly: { sun: [ALL_DAY] } },
      true,
      '2026-10-31T23:00Z',
      '2026-10-25T23:00Z',
    ],
    [
      'knows the gap of another zone',
      NEW_YORK,
      '2026-03-08T06:30Z',
      every(['02:30', '05:00']),
      false,
      '2026-03-08T07:00Z',
      '2026-03-08T09:00Z',
    ],
    [
      'knows the hour that happens twice in another zone',
      NEW_YORK,
      '2026-11-01T05:00Z',
      every(['01:15', '01:45']),
      false,
      '2026-11-01T05:15Z',
      '2026-11-01T05:45Z',
    ],
    [
      'knows half an hour that happens twice',
      LORD_HOWE,
      '2026-04-04T14:30Z',
      every(['01:40', '01:50']),
      false,
      '2026-04-04T14:40Z',
      '2026-04-04T14:50Z',
    ],
    [
      'knows the second half hour',
      LORD_HOWE,
      '2026-04-04T14:50Z',
      every(['01:40', '01:50']),
      false,
      '2026-04-04T15:10Z',
      '2026-04-04T15:20Z',
    ],
    [
      'knows a gap of half an hour',
      LORD_HOWE,
      '2026-10-03T15:00Z',
      every(['02:15', '02:45']),
      false,
      '2026-10-03T15:30Z',
      '2026-10-03T15:45Z',
    ],
    [
      'knows a gap at midnight',
      CAIRO,
      '2026-04-23T21:00Z',
      every(['00:30', '05:00']),
      false,
      '2026-04-23T22:00Z',
      '2026-04-24T02:00Z',
    ],
    [
      'knows a zone with another minute and without changes',
      KOLKATA,
      '2026-11-24T00:00Z',
      every(['07:00', '11:30']),
      false,
      '2026-11-24T01:30Z',
      '2026-11-24T06:00Z',
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
