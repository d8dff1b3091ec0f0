import type { DayReportDto } from '../../apps/api/reports/dto/day-report.dto.js';
import { eventually } from '../support/eventually.js';
import { reset } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const DAYS = '/api/v1/admin/reports/days';
const TABLES = ['orders', 'payments', 'order_placements'];

describe('GET /admin/reports/days/{date}', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start({ SHOP_TIME_ZONE: 'America/New_York', SHOP_DAY_STARTS_AT: '04:00' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  async function report(date: string): Promise<DayReportDto> {
    return (await manager.get(`${DAYS}/${date}`).expect(200)).body as DayReportDto;
  }

  /** Returns the local day on which the order was placed. */
  async function dayOf({ id }: { id: string }): Promise<string> {
    const [row] = await app.database.query<{ day: string }>(
      `SELECT (created_at AT TIME ZONE 'America/New_York' - interval '4 hours')::date::text AS day FROM orders WHERE id = $1`,
      [id],
    );
    return row!.day;
  }

  /** Moves everything that happened so far to the day before. */
  async function moveToYesterday(): Promise<void> {
    for (const table of TABLES)
      await app.database.query(`UPDATE ${table} SET created_at = created_at - interval '1 day'`);
  }

  it('never changes for a past day, except what is in doubt', async () => {
    const [first, second] = [
      await ana.placeOrder(['Latte', 'Vanilla', 2], ['Donuts', 'Glazed']),
      await ana.placeOrder(['Latte', 'Vanilla']),
    ];
    app.payments.once(reset);
    await ana.placeWithKey(await ana.orderFor(['Latte', 'Vanilla'])).expect(503);
    await moveToYesterday();
    const yesterday = await dayOf(first);
    const { in_doubt, ...before } = await report(yesterday);

    await app.startWorker();
    await manager
      .post(`/api/v1/orders/${first.id}/refunds`, { amount_cents: 100, reason: 'quality' })
      .expect(201);
    await ana.post(`/api/v1/orders/${second.id}/cancel`).expect(200);
    const latte = first.items[0]!.product_id;
    await manager
      .patch(`/api/v1/admin/products/${latte}`, { name: 'Caffè Latte', base_price_cents: 500 })
      .expect(200);
    const today = await dayOf(await ana.placeOrder(['Caffè Latte', 'Vanilla']));
    await eventually('both refunds', async () => (await report(today)).refunds.count === 2);
    const [placement] = (await manager.get('/api/v1/admin/placements?state=unknown').expect(200)).body;
    const resolution = { outcome: 'charged', note: 'In the ledger' };
    await manager.post(`/api/v1/admin/placements/${placement.id}/resolve`, resolution).expect(200);

    const { in_doubt: doubtAfter, ...after } = await report(yesterday);
    expect(after).toEqual(before);
    expect(before).toMatchObject({
      date: yesterday,
      time_zone: 'America/New_York',
      orders: 2,
      items: 4,
      difference_cents: 0,
    });
    expect([in_doubt, doubtAfter]).toEqual([
      { count: 1, cents: second.total_cents },
      { count: 0, cents: 0 },
    ]);
    expect(await report(today)).toMatchObject({
      ...{ orders: 2, cancelled: 1, payments_cents: 530 + second.total_cents },
      refunds: {
        count: 2,
        total_cents: 100 + second.total_cents,
        by_reason: { quality: 100, customer_request: second.total_cents, no_show: 0 },
      },
      net_takings_cents: 430,
    });
  });

  it.each(['2000-01-01', '2024-02-29', '2100-12-31'])('returns a report for %s', async (date) => {
    expect(await report(date)).toMatchObject({ date, orders: 0, difference_cents: 0 });
  });

  it.each([
    ...['1999-12-31', '2101-01-01', '2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00'],
    ...[
      '2026-1-1',
      '20260101',
      '26-01-01',
      '2026-01-01T00:00:00Z',
      '+02026-01-01',
      'today',
      '%20',
      '2026-01-01%00',
    ],
  ])('returns 422 for %s and names the field', async (date) => {
    const { body } = await manager.get(`${DAYS}/${date}`).expect(422);

    expect(body.errors).toEqual([{ field: 'date', message: expect.stringContaining('date must be') }]);
  });
});
