import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { perWeekday, type HoursOfDate, type Interval, type Weekday } from './hours.js';
import { READ_STATE } from './shop.sql.js';
import type { ShopState } from './shop.js';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
/** Changes its clocks by half an hour. */
const LORD_HOWE = 'Australia/Lord_Howe';
/** Changes its clocks at midnight. */
const CAIRO = 'Africa/Cairo';
const KOLKATA = 'Asia/Kolkata';

const ALL_DAY: Interval = ['00:00', '00:00'];

/** The hours of some weekdays, and of some dates. */
interface Given {
  weekly?: Partial<Record<Weekday, Interval[]>>;
  exceptions?: Record<string, Interval[]>;
}

describe('the hours of the shop', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function readAt(
    zone: string,
    at: string,
    { weekly = {}, exceptions = {} }: Given,
  ): Promise<ShopState> {
    const dates: HoursOfDate[] = Object.entries(exceptions).map(([date, intervals]) => ({ date, intervals }));
    await database.query('UPDATE shop_settings SET weekly = $1, exceptions = $2', [
      JSON.stringify(perWeekday((day) => weekly[day] ?? [])),
      JSON.stringify(dates),
    ]);
    const [state] = await database.query<ShopState>(READ_STATE, [zone, at]);
    if (!state) throw new Error('There is no state');
    return state;
  }

  function every(...intervals: Interval[]): Given {
    return { weekly: perWeekday(() => intervals) };
  }

  it.each<
    [
      title: string,
      zone: string,
      at: string,
      given: Given,
      isOpen: boolean,
      opens: string | null,
      closes: string | null,
    ]
  >([
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
  ])('%s', async (_, zone, at, given, isOpen, opens, closes) => {
    const { isOpen: isOpenNow, opensAt, closesAt } = await readAt(zone, at, given);

    expect({ isOpen: isOpenNow, opensAt, closesAt }).toEqual({
      isOpen,
      opensAt: opens && new Date(opens),
      closesAt: closes && new Date(closes),
    });
  });
});
