import { PLACEMENT_STATES } from '#placements';
import { REFUND_STATES } from '#refunds';
import { PastDays } from '../../test/support/past-days.js';
import { TestApp } from '../../test/support/test-app.js';
import type { DayReport } from './day-report.js';
import { DayReportsService } from './day-reports.service.js';

const DATE = '2026-03-10';
const [BEFORE, MORNING, NOON, AFTER] = [
  '2026-03-09 23:59:59.999Z',
  `${DATE} 08:00Z`,
  `${DATE} 12:00Z`,
  '2026-03-11 00:00Z',
];

describe('the report of a day', () => {
  let app: TestApp;
  let past: PastDays;

  beforeAll(async () => {
    app = await TestApp.start();
    past = new PastDays(app.database);
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  function report(date = DATE): Promise<DayReport> {
    return app.api.get(DayReportsService, { strict: false }).get(date);
  }

  it('has zeros for a day without orders, also in the future', async () => {
    for (const date of [DATE, '2099-12-31']) {
      const { hours, ...read } = await report(date);
      expect(read).toMatchObject({
        ...{
          orders: 0,
          items: 0,
          grossSalesCents: 0,
          netTakingsCents: 0,
          paymentsCents: 0,
          differenceCents: 0,
        },
        ...{ cancelled: 0, inDoubt: { count: 0, cents: 0 }, products: [] },
        refunds: { count: 0, totalCents: 0, byReason: new Map() },
      });
      expect(hours).toHaveLength(24);
    }
  });

  it('adds up the orders from its start, inclusive, to its end, exclusive', async () => {
    for (const at of [BEFORE, `${DATE} 00:00Z`, NOON, `${DATE} 23:59:59.999Z`, AFTER]) await past.order(at);

    expect(await report()).toMatchObject({
      ...{
        orders: 3,
        items: 3,
        grossSalesCents: 1290,
        paymentsCents: 1290,
        netTakingsCents: 1290,
        differenceCents: 0,
      },
    });
  });

  it('adds up sales by product under the name at the time of ordering, the highest first', async () => {
    await past.order(MORNING, [{ quantity: 2 }, { name: 'Old Latte', unitCents: 300 }]);
    await past.order(NOON, [{}, { name: 'Alt Latte', unitCents: 300 }]);

    const { products, items } = await report();

    expect(items).toBe(5);
    expect(
      products.map(({ productName, quantity, grossCents }) => [productName, quantity, grossCents]),
    ).toEqual([
      ['Latte', 3, 1290],
      ['Alt Latte', 1, 300],
      ['Old Latte', 1, 300],
    ]);
  });

  it('adds up sales by hour', async () => {
    await past.order(MORNING, [{}, {}]);
    await past.order(`${DATE} 08:59:59.999Z`);
    await past.order(NOON);

    const { hours } = await report();

    expect(hours.filter(({ orders }) => orders > 0)).toEqual([
      { from: new Date(MORNING), orders: 2, grossCents: 1290 },
      { from: new Date(NOON), orders: 1, grossCents: 430 },
    ]);
  });

  it('counts a refund on the day on which it was made', async () => {
    const order = await past.order(MORNING);
    await past.refund(order, { cents: 100, at: NOON, reason: 'quality' });
    await past.refund(order, { cents: 30, at: NOON, reason: 'quality' });
    await past.refund(order, { cents: 50, at: NOON, reason: 'no_show' });
    await past.refund(order, { cents: 200, at: AFTER, reason: 'other' });

    expect(await report()).toMatchObject({
      refunds: {
        count: 3,
        totalCents: 180,
        byReason: new Map([
          ['quality', 130],
          ['no_show', 50],
        ]),
      },
      ...{ grossSalesCents: 430, paymentsCents: 430, netTakingsCents: 250, differenceCents: 0 },
    });
    expect(await report('2026-03-11')).toMatchObject({
      refunds: { count: 1, totalCents: 200, byReason: new Map([['other', 200]]) },
      ...{ grossSalesCents: 0, paymentsCents: 0, netTakingsCents: -200, differenceCents: 0 },
    });
  });

  it.each(REFUND_STATES.filter((state) => state !== 'refunded'))(
    'never counts a refund that is %s',
    async (state) => {
      await past.refund(await past.order(MORNING), { cents: 100, at: NOON, state });

      expect(await report()).toMatchObject({ refunds: { count: 0, totalCents: 0 }, netTakingsCents: 430 });
    },
  );

  it('never counts the refund of a charge that became no order, because its payment was not counted either', async () => {
    await past.refund(await past.charge(MORNING, 'declined', 430), { cents: 430, at: NOON });

    expect(await report()).toMatchObject({ refunds: { count: 0, totalCents: 0 }, netTakingsCents: 0 });
  });

  it('counts cancellations on the day on which they were made, and their orders as sales of their own day', async () => {
    await past.cancel(await past.order(BEFORE), NOON);
    await past.cancel(await past.order(MORNING), AFTER);
    await past.cancel(await past.order(MORNING), NOON);

    expect(await report()).toMatchObject({ orders: 2, grossSalesCents: 860, cancelled: 2 });
  });

  it('shows charges in doubt apart from all sums', async () => {
    for (const state of PLACEMENT_STATES.filter((state) => state !== 'placed'))
      await past.charge(NOON, state, 500);
    await past.charge(BEFORE, 'unknown', 500);
    await past.charge(AFTER, 'charging', 500);

    expect(await report()).toMatchObject({
      inDoubt: { count: 2, cents: 1000 },
      ...{ orders: 0, grossSalesCents: 0, paymentsCents: 0, netTakingsCents: 0, differenceCents: 0 },
    });
  });

  it('counts an order with a total of 0', async () => {
    await past.order(NOON, [{ unitCents: 0, quantity: 2 }]);

    expect(await report()).toMatchObject({ orders: 1, items: 2, grossSalesCents: 0, differenceCents: 0 });
  });

  it('adds up more cents than an int has', async () => {
    for (let order = 0; order < 3; order += 1) await past.order(NOON, [{ unitCents: 2_000_000_000 }]);

    expect(await report()).toMatchObject({ grossSalesCents: 6_000_000_000, paymentsCents: 6_000_000_000 });
  });
});
