import { eventually } from '../support/eventually.js';
import { NEVER_OPEN, NO_HOURS } from '../support/shop-hours.js';
import { HOURS, LIMITS, PAUSE, SHOP, ShopContext } from './shop-context.js';

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

  it.each([
    ['the limit', LIMITS, { max_open_orders: 7 }, { max_open_orders: 8 }],
    ['the reason of a pause', PAUSE, { reason: 'Lunch' }, { reason: 'A delivery' }],
  ])('refuse a change that was read before another one of %s', async (_, path, first, second) => {
    if (path === PAUSE) await context.pause();
    const { headers } = await context.manager.get(SHOP).expect(200);
    const etag = String(headers.etag);
    await context.manager.put(path, first).set('If-Match', etag).expect(200);

    await context.manager.put(path, second).set('If-Match', etag).expect(412);
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
