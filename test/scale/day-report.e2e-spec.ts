import type { Response } from 'supertest';
import { DataSource } from 'typeorm';
import type { DayReportDto } from '../../apps/api/reports/dto/day-report.dto.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { ROWS } from './backlogs.js';
import { seedHistory } from './seed-history.js';
import { StatementLog } from './statement-log.js';

/** The orders of a day of the history, which has 100 days. */
const ORDERS = ROWS / 100;
/** The orders of a busy day: those of ten. */
const BUSY_ORDERS = 10 * ORDERS;
const MAX_MS = 1_000;
const CUSTOMERS = 5;
const MS_BETWEEN_ORDERS = 20;
/** For the 100,000 orders that a busy day has in a shop with a million. */
const MAX_BUSY_MS = 3_000;

describe(`GET /admin/reports/days/{date} in a shop with ${ROWS} orders`, () => {
  let app: TestApp;
  let log: StatementLog;
  let customer: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    log = new StatementLog(app.api.get(DataSource));
    [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    await seedHistory(app.database, ROWS, customer.id);
    await app.database.query(
      `UPDATE orders SET created_at = $1::timestamptz + (created_at - $2::timestamptz) / 10 WHERE created_at >= $2 AND created_at < $3`,
      [dayAgo(55), dayAgo(60), dayAgo(50)].map((date) => `${date}T00:00Z`),
    );
    await app.database.query('VACUUM (ANALYZE) orders');
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  function dayAgo(days: number): string {
    return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  }

  async function read(date: string): Promise<{ report: DayReportDto; ms: number }> {
    const startedAt = performance.now();
    const { body } = await manager.get(`/api/v1/admin/reports/days/${date}`).expect(200);
    const ms = performance.now() - startedAt;
    if (process.env.SCALE_ROWS !== undefined)
      process.stdout.write(`| ${body.orders} | ${ms.toFixed(0)} ms |\n`);
    return { report: body as DayReportDto, ms };
  }

  /** Returns ten reports of today, while customers place orders of which at least one succeeds. */
  async function readWhileOrdering(): Promise<{ report: DayReportDto; ms: number }[]> {
    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => app.customer()));
    const placing: Promise<Response>[] = [];
    const timer = setInterval(() => {
      placing.push(customers[placing.length % CUSTOMERS]!.placeWithKey(order).then());
    }, MS_BETWEEN_ORDERS);
    const reads: { report: DayReportDto; ms: number }[] = [];
    try {
      for (let count = 0; count < 10; count += 1) reads.push(await read(dayAgo(0)));
    } finally {
      clearInterval(timer);
    }
    const placed = await Promise.allSettled(placing);
    expect(placed.some((result) => result.status === 'fulfilled' && result.value.status === 201)).toBe(true);
    return reads;
  }

  it.each([
    ['an ordinary day', 20, ORDERS],
    ['a day with a tenth of all orders', 55, BUSY_ORDERS],
  ])('reads only the rows of %s', async (_, days, orders) => {
    const reads = await log.capture(() => read(dayAgo(days)));

    for (const statement of reads) {
      const { rows, fullScans } = await log.explain(statement);
      expect([statement.sql, fullScans]).toEqual([statement.sql, []]);
      expect(rows.get('orders') ?? 0).toBeLessThanOrEqual(orders + 1);
      expect(rows.get('order_items') ?? 0).toBeLessThanOrEqual(2 * (orders + 1));
      expect(rows.get('payments') ?? 0).toBeLessThanOrEqual(orders + 1);
      expect(rows.get('refunds') ?? 0).toBeLessThanOrEqual(ORDERS);
      expect(rows.get('order_status_transitions') ?? 0).toBeLessThanOrEqual(ORDERS);
      expect(rows.get('order_placements') ?? 0).toBeLessThanOrEqual(ORDERS);
    }
    expect(reads.length).toBeGreaterThan(5);
  });

  it('takes less than a second', async () => {
    const { report, ms } = await read(dayAgo(20));

    expect(report).toMatchObject({ items: 2 * report.orders, difference_cents: 0 });
    expect(Math.abs(report.orders - ORDERS)).toBeLessThanOrEqual(1);
    expect(ms).toBeLessThan(MAX_MS);
  });

  it('takes less than a second while 50 orders a second are placed', async () => {
    const reads = await readWhileOrdering();

    // The shortest time, so that a busy machine does not matter.
    expect(Math.min(...reads.map(({ ms }) => ms))).toBeLessThan(MAX_MS);
  });

  it('has no difference while 50 orders a second are placed', async () => {
    const reads = await readWhileOrdering();

    expect(reads.map(({ report }) => report.difference_cents)).toEqual(reads.map(() => 0));
  });

  /** Its bound holds on a machine that does nothing else. */
  const onlyAtScale = process.env.SCALE_ROWS === undefined ? it.skip : it;
  onlyAtScale('takes less than three seconds for a tenth of all orders', async () => {
    const { report, ms } = await read(dayAgo(55));

    expect(Math.abs(report.orders - BUSY_ORDERS)).toBeLessThanOrEqual(10);
    expect(report).toMatchObject({ items: 2 * report.orders, difference_cents: 0 });
    expect(ms).toBeLessThan(MAX_BUSY_MS);
  });
});
