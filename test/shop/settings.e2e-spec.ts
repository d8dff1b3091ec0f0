import { perWeekday } from '#shop';
import { eventually } from '../support/eventually.js';
import { HOURS, LIMITS, NEVER_OPEN, NO_HOURS, PAUSE, SHOP, ShopContext } from './shop-context.js';

const MORNING = [['07:00', '11:30']];
const AUDIT = '/api/v1/admin/audit';

let context: ShopContext;

beforeAll(async () => {
  context = await ShopContext.start({ SHOP_TIME_ZONE: 'Europe/Berlin' });
});
beforeEach(() => context.reset());
afterAll(() => context.close());

describe('GET /shop', () => {
  it('is open to everyone and shows a shop without hours as always open', async () => {
    expect(await context.shop(context.app.anonymous())).toEqual({
      open: true,
      reason: null,
      opens_at: null,
      closes_at: null,
      paused_until: null,
      time_zone: 'Europe/Berlin',
      hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      exceptions: [],
    });
  });

  it('has a strong ETag and gives 304 until something changes', async () => {
    const { headers } = await context.customer.get(SHOP).expect(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', etag: expect.stringMatching(/^"/) });
    const conditional = { 'If-None-Match': String(headers.etag) };
    await context.customer.get(SHOP).set(conditional).expect(304);

    await context.pause();

    await context.customer.get(SHOP).set(conditional).expect(200);
  });

  it('prefers closed to paused and that to busy', async () => {
    await context.app.customer().then((customer) => customer.placeOrder(['Latte', 'Vanilla']));

    expect(await context.limit(1)).toMatchObject({ open: false, reason: 'busy' });
    expect(await context.pause()).toMatchObject({ open: false, reason: 'paused' });
    expect(await context.setHours(NEVER_OPEN)).toMatchObject({ open: false, reason: 'closed' });
  });
});

describe('PUT /admin/shop/hours', () => {
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
    ['an interval of one time', 'weekly.mon.0', { weekly: { mon: [['07:00']] } }],
    ['an interval that is no pair', 'weekly.mon.0', { weekly: { mon: ['07:00'] } }],
    ['the time 24:00', 'weekly.mon.0.1', { weekly: { mon: [['07:00', '24:00']] } }],
    ['a time without its zero', 'weekly.mon.0.0', { weekly: { mon: [['7:00', '11:30']] } }],
    ['a time with seconds', 'weekly.tue.1.0', { weekly: { tue: [...MORNING, ['12:00:00', '13:00']] } }],
    ['a time that is a number', 'weekly.mon.0.0', { weekly: { mon: [[7, '11:30']] } }],
    ['nine intervals', 'weekly.mon', { weekly: { mon: Array(9).fill(['07:00', '08:00']) } }],
    ['a date that does not exist', 'exceptions.0.date', exceptionOn('2026-02-30')],
    ['the year 0', 'exceptions.0.date', exceptionOn('0000-01-01')],
    ['a time as a date', 'exceptions.0.date', exceptionOn('2026-02-03T00:00:00Z')],
    ['a date twice', 'exceptions', exceptionOn('2026-12-24', '2026-12-24')],
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
  ])('refuses %s by its field %s', async (_, field, hours) => {
    const { body } = await context.manager.put(HOURS, hours).expect(422);

    expect(body.errors).toMatchObject([{ field }]);
    expect((await context.shop()).hours.mon).toEqual([]);
  });

  it('accepts intervals that adjoin, and a weekly night that reaches into an exception', async () => {
    const weekly = { mon: [['22:00', '07:00']], tue: [...MORNING, ['11:30', '12:00']] };

    await context.setHours({ weekly, exceptions: [{ date: '2026-12-01', intervals: [['06:00', '08:00']] }] });
  });

  it('accepts 366 exceptions with 8 intervals each', async () => {
    const dates = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2026, 11, 1 + day * 3)));
    const intervals = Array.from({ length: 8 }, (_, hour) => [`0${hour}:15`, `0${hour}:45`]);
    const exceptions = dates.map((date) => ({ date: date.toISOString().slice(0, 10), intervals }));

    expect((await context.setHours({ weekly: {}, exceptions })).exceptions).toHaveLength(366);
  });
});

describe('PUT /admin/shop/pause', () => {
  it('ends by its time in both processes without a write', async () => {
    await context.pause();
    await eventually('the pause in the second process', async () => !(await context.shopOfSecondApi()).open);
    const until = new Date(Date.now() + 2_000).toISOString();

    const paused = await context.pause({ until, reason: 'The grinder is broken' });

    expect(paused).toMatchObject({ open: false, reason: 'paused', paused_until: until });
    await eventually('the end of the pause', async () => (await context.shop()).open);
    await eventually('its end in the second process', async () => (await context.shopOfSecondApi()).open);
    expect(Date.now()).toBeGreaterThan(Date.parse(until) - 50);
    expect(await context.shop()).toMatchObject({ paused_until: null });
    const settings = await context.app.database.query('SELECT paused FROM shop_settings');
    expect(settings).toEqual([{ paused: true }]);
  });

  it('lasts the given minutes', async () => {
    const { paused_until } = await context.pause({ minutes: 15 });

    expect((Date.parse(String(paused_until)) - Date.now()) / 60_000).toBeCloseTo(15, 0);
  });

  it('has no end without until and minutes', async () => {
    expect(await context.pause()).toMatchObject({ reason: 'paused', paused_until: null });
  });

  it.each<[title: string, field: string, body: object]>([
    ['both ends', 'minutes', { until: '2100-01-01T00:00:00Z', minutes: 5 }],
    ['an end in the past', 'until', { until: '2026-01-01T00:00:00Z' }],
    ['an end without an offset', 'until', { until: '2100-01-01T00:00:00' }],
    ['no minutes', 'minutes', { minutes: 0 }],
    ['more than a day', 'minutes', { minutes: 1441 }],
    ['a long reason', 'reason', { reason: 'x'.repeat(281) }],
  ])('refuses %s', async (_, field, body) => {
    const response = await context.barista.put(PAUSE, body).expect(422);

    expect(response.body.errors).toMatchObject([{ field }]);
    expect((await context.shop()).open).toBe(true);
  });

  it('is ended by DELETE, also if there is none', async () => {
    await context.pause();

    await context.barista.delete(PAUSE).expect(204);
    await context.barista.delete(PAUSE).expect(204);

    expect((await context.shop()).open).toBe(true);
  });
});

describe('PUT /admin/shop/limits', () => {
  it.each([{}, { max_open_orders: 0 }, { max_open_orders: 1.5 }, { max_open_orders: '3' }])(
    'refuses %j',
    async (body) => {
      const response = await context.manager.put(LIMITS, body).expect(422);

      expect(response.body.errors).toMatchObject([{ field: 'max_open_orders' }]);
    },
  );
});

describe('the settings of the shop', () => {
  it.each([
    ['hours', HOURS, NEVER_OPEN],
    ['pause', PAUSE, {}],
    ['limits', LIMITS, { max_open_orders: 7 }],
  ])('take If-Match: %s', async (_, path, body) => {
    const { headers } = await context.manager.get(SHOP).expect(200);

    await context.manager.put(path, body).set('If-Match', '"stale"').expect(412);
    const changed = await context.manager.put(path, body).set('If-Match', String(headers.etag)).expect(200);

    expect(changed.headers.etag).toBe((await context.manager.get(SHOP)).headers.etag);
  });

  it('leave entries with the state before and after', async () => {
    await context.setHours({ weekly: { mon: MORNING } });
    await context.pause({ until: '2100-01-01T00:00:00Z', reason: 'The grinder is broken' });
    await context.barista.delete(PAUSE).expect(204);
    await context.limit(7);

    const { body } = await context.manager.get(`${AUDIT}?limit=4`).expect(200);
    const noPause = { paused: false, paused_until: null, reason: null };
    const pause = {
      paused: true,
      paused_until: '2100-01-01T00:00:00.000Z',
      reason: 'The grinder is broken',
    };
    expect(body).toMatchObject([
      { action: 'shop.limits', before: { max_open_orders: null }, after: { max_open_orders: 7 } },
      { action: 'shop.resume', before: pause, after: noPause, actor: { id: context.barista.id } },
      { action: 'shop.pause', before: noPause, after: pause, reason: 'The grinder is broken' },
      { action: 'shop.hours', before: { exceptions: [] }, after: { weekly: { mon: MORNING } } },
    ]);
    expect(body[0].subject).toEqual({ type: 'shop', id: null });
  });

  it('leave no entry if nothing changes', async () => {
    const { body: before } = await context.manager.get(`${AUDIT}?limit=1`).expect(200);

    await context.setHours(NO_HOURS);
    await context.limit(null);
    await context.manager.delete(PAUSE).expect(204);

    expect((await context.manager.get(`${AUDIT}?limit=1`).expect(200)).body).toEqual(before);
  });
});

function exceptionOn(...dates: string[]): object {
  return { weekly: {}, exceptions: dates.map((date) => ({ date, intervals: [] })) };
}

function exceptionOf(intervals: string[][]): object {
  return { weekly: {}, exceptions: [{ date: '2026-12-24', intervals }] };
}
