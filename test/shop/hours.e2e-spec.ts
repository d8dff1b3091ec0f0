import { perWeekday } from '#shop';
import { eventually } from '../support/eventually.js';
import { HOURS, ShopContext } from './shop-context.js';

const MORNING = [['07:00', '11:30']];

describe('PUT /admin/shop/hours', () => {
  let context: ShopContext;

  beforeAll(async () => {
    context = await ShopContext.start({ SHOP_TIME_ZONE: 'Europe/Berlin' });
  });
  beforeEach(() => context.reset());
  afterAll(() => context.close());

  it('sets hours that both processes show at once, in order and with all days', async () => {
    const hours = {
      weekly: { mon: [['12:30', '19:00'], ...MORNING] },
      exceptions: [
        { date: '2026-12-31', intervals: MORNING },
        { date: '2026-12-24', intervals: [] },
      ],
    };

    const shop = await context.setHours(hours);

    expect(shop.hours).toEqual({ ...perWeekday(() => []), mon: [...MORNING, ['12:30', '19:00']] });
    expect(shop.exceptions.map(({ date }) => date)).toEqual(['2026-12-24', '2026-12-31']);
    expect(await context.shop()).toEqual(shop);
    await eventually('the hours in the second process', async () => {
      const { hours } = await context.shopOfSecondApi();
      return hours.mon.length === 2;
    });
  });

  it.each<[title: string, field: string, hours: object]>([
    ['no week', 'weekly', {}],
    ['an unknown day', 'weekly.someday', { weekly: { someday: [] } }],
    ['a day that is no list', 'weekly.mon', { weekly: { mon: '07:00' } }],
    ['a day that is null', 'weekly.mon', { weekly: { mon: null } }],
    ['an interval of one time', 'weekly.mon.0', { weekly: { mon: [['07:00']] } }],
    ['an interval that is no pair', 'weekly.mon.0', { weekly: { mon: ['07:00'] } }],
    ['the time 24:00', 'weekly.mon.0.1', { weekly: { mon: [['07:00', '24:00']] } }],
    ['a time without its zero', 'weekly.mon.0.0', { weekly: { mon: [['7:00', '11:30']] } }],
    ['a time with seconds', 'weekly.tue.1.0', { weekly: { tue: [...MORNING, ['12:00:00', '13:00']] } }],
    ['a time that is a number', 'weekly.mon.0.0', { weekly: { mon: [[7, '11:30']] } }],
    ['nine intervals', 'weekly.mon', { weekly: { mon: Array(9).fill(['07:00', '08:00']) } }],
    ['a date that does not exist', 'exceptions.0.date', exceptionOn('2026-02-30')],
    ['a date of the year 2101', 'exceptions.0.date', exceptionOn('2101-01-01')],
    ['a time as a date', 'exceptions.0.date', exceptionOn('2026-02-03T00:00:00Z')],
    ['a date twice', 'exceptions.1.date', exceptionOn('2026-12-24', '2026-12-24')],
    ['a malformed exception', 'exceptions.0.intervals.0.0', exceptionOf([['late', '11:30']])],
    ['intervals that overlap', 'weekly.mon.1', { weekly: { mon: [...MORNING, ['11:00', '12:00']] } }],
    [
      'a night into the next morning',
      'weekly.tue.0',
      { weekly: { mon: [['22:00', '07:01']], tue: MORNING } },
    ],
    ['a Sunday night into Monday', 'weekly.mon.0', { weekly: { sun: [['22:00', '07:01']], mon: MORNING } }],
    ['an exception that overlaps', 'exceptions.0.intervals.1', exceptionOf([...MORNING, ['07:00', '08:00']])],
    [
      'the night of an exception into the next one',
      'exceptions.0.intervals.0',
      {
        weekly: {},
        exceptions: [
          { date: '2027-01-01', intervals: MORNING },
          { date: '2026-12-31', intervals: [['22:00', '08:00']] },
        ],
      },
    ],
    [
      'the night of an exception into the hours of the next day',
      'weekly.fri.0',
      {
        weekly: { fri: MORNING },
        exceptions: [{ date: '2026-12-31', intervals: [['22:00', '07:01']] }],
      },
    ],
  ])('refuses %s by its field %s', async (_, field, hours) => {
    const { body } = await context.manager.put(HOURS, hours).expect(422);

    expect(body.errors).toMatchObject([{ field }]);
    expect((await context.shop()).hours.mon).toEqual([]);
  });

  it('accepts the night of an exception that ends when the next one begins', async () => {
    await context.setHours({
      weekly: { fri: [['22:00', '23:00']] },
      exceptions: [
        { date: '2026-12-31', intervals: [['22:00', '07:00']] },
        { date: '2027-01-01', intervals: MORNING },
      ],
    });
  });

  it('accepts intervals that adjoin, and a weekly night that reaches into an exception', async () => {
    const weekly = { mon: [['22:00', '07:00']], tue: [...MORNING, ['11:30', '12:00']] };

    await context.setHours({ weekly, exceptions: [{ date: '2026-12-01', intervals: [['06:00', '08:00']] }] });
  });

  it('accepts 100 exceptions with 8 intervals each', async () => {
    const dates = Array.from({ length: 100 }, (_, day) => new Date(Date.UTC(2026, 11, 1 + day * 3)));
    const intervals = Array.from({ length: 8 }, (_, hour) => [`0${hour}:15`, `0${hour}:45`]);
    const exceptions = dates.map((date) => ({ date: date.toISOString().slice(0, 10), intervals }));

    expect((await context.setHours({ weekly: {}, exceptions })).exceptions).toHaveLength(100);
  });
});

function exceptionOn(...dates: string[]): object {
  return { weekly: {}, exceptions: dates.map((date) => ({ date, intervals: [] })) };
}

function exceptionOf(intervals: string[][]): object {
  return { weekly: {}, exceptions: [{ date: '2026-12-24', intervals }] };
}
