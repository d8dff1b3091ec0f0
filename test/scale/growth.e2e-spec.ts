import type { INestApplicationContext } from '@nestjs/common';
import { IdempotencyKeyCleanup } from '#placements';
import { RetentionCleanup } from '#retention';
import { createSeededDatabase } from '../support/database.js';
import { DatabaseClock } from '../support/database-clock.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** Orders of each of three days, with a key, two lines, three steps and three notifications. */
const ORDERS = Number(process.env.GROWTH_ORDERS);
/** It takes minutes. */
const describeIfAsked = process.env.GROWTH_ORDERS === undefined ? describe.skip : describe;
const CLIENTS = 8;
const RETENTION_DAYS = 30;
const STEPS = ['preparation', 'ready', 'delivered'];
const TABLES = [
  ...[
    'orders',
    'order_items',
    'payments',
    'order_status_transitions',
    'order_placements',
    'idempotency_keys',
  ],
  ...['notifications', 'notification_attempts', 'audit_log'],
];

const [SOLD, DAY_LATER, RETAINED] = ['sold, packed', 'a day later, packed', 'after RETENTION_DAYS, packed'];

/** Bytes per order, with indexes. */
type Sizes = Record<string, number>;

describeIfAsked(`the bytes of an order, of days with ${ORDERS} orders`, () => {
  let app: TestApp;
  let clock: DatabaseClock;
  let worker: INestApplicationContext;
  let customers: Person[];
  let manager: Person;
  let days = 0;
  const columns = new Map<string, Sizes>();

  beforeAll(
    async () => {
      const database = await createSeededDatabase();
      clock = await DatabaseClock.install(database);
      // No order of a busy machine may time out.
      const environment = { RETENTION_DAYS: String(RETENTION_DAYS), PAYMENT_TIMEOUT_MS: '60000' };
      app = await TestApp.start(environment, database);
      worker = await app.startWorker();
      manager = await app.manager();
      customers = await Promise.all(Array.from({ length: CLIENTS }, () => app.customer()));
      await sellForADay();
      await measure('sold');
      await measurePacked(SOLD);
      await endDay();
      await measure('a day later');
      await measurePacked(DAY_LATER);
      for (let day = 0; day < 2; day += 1) {
        await sellForADay();
        await endDay();
      }
      await measure('three days later');
      await clock.advance(`${RETENTION_DAYS} days`);
      await cleanUp();
      await measurePacked(RETAINED);
    },
    60_000 + 300 * ORDERS,
  );
  afterAll(() => app.close());

  async function sellForADay(): Promise<void> {
    const body = {
      ...(await manager.orderFor(['Latte', 'Vanilla', 2], ['Espresso', 'Single Shot'])),
      pickup_name: 'Ada',
    };
    let left = ORDERS;
    await Promise.all(
      customers.map(async (customer) => {
        while (left-- > 0) {
          const { id } = (await customer.placeWithKey(body).expect(201)).body;
          for (const step of STEPS) await manager.changeStatus(id, step).expect(200);
        }
      }),
    );
    days += 1;
    await eventually(
      'the delivery of all notifications',
      async () =>
        (await app.database.query(`SELECT FROM notifications WHERE state = 'pending' LIMIT 1`)).length === 0,
      60_000,
    );
    await vacuum();
  }

  /** As autovacuum does it. */
  async function vacuum(): Promise<void> {
    for (const table of TABLES) await app.database.query(`VACUUM ${table}`);
  }

  async function endDay(): Promise<void> {
    await clock.advance('25 hours');
    await cleanUp();
  }

  async function cleanUp(): Promise<void> {
    await worker.get(IdempotencyKeyCleanup, { strict: false }).deleteExpired();
    await worker.get(RetentionCleanup, { strict: false }).deleteExpired();
    await vacuum();
  }

  async function sizeOf(table: string): Promise<number> {
    const [row] = await app.database.query<{ size: string }>('SELECT pg_total_relation_size($1) AS size', [
      table,
    ]);
    return Math.round(Number(row?.size) / (days * ORDERS));
  }

  async function measure(title: string): Promise<void> {
    const sizes: Sizes = {};
    for (const table of TABLES) sizes[table] = await sizeOf(table);
    columns.set(title, sizes);
  }

  /** What VACUUM FULL would leave, measured on copies. */
  async function measurePacked(title: string): Promise<void> {
    const sizes: Sizes = {};
    for (const table of TABLES) {
      await app.database.query(`CREATE TABLE packed (LIKE ${table} INCLUDING ALL)`);
      await app.database.query(`INSERT INTO packed SELECT * FROM ${table}`);
      await app.database.query('REINDEX TABLE packed');
      sizes[table] = await sizeOf('packed');
      await app.database.query('DROP TABLE packed');
    }
    columns.set(title, sizes);
  }

  function row(name: string, cells: (string | number | undefined)[]): string {
    return `| ${name} | ${cells.join(' | ')} |\n`;
  }

  it('are fewer a day later, and again after RETENTION_DAYS', () => {
    const sums = [...columns.values()].map((sizes) =>
      Object.values(sizes).reduce((sum, size) => sum + size, 0),
    );
    process.stdout.write(row('bytes per order', [...columns.keys()]));
    for (const table of TABLES)
      process.stdout.write(
        row(
          table,
          [...columns.values()].map((sizes) => sizes[table]),
        ),
      );
    process.stdout.write(row('sum', sums));

    const placements = [SOLD, DAY_LATER, RETAINED].map((title) => columns.get(title)?.order_placements ?? 0);
    expect(placements).toEqual(placements.toSorted((a, b) => b - a));
    expect(placements[1]).toBeLessThan(0.5 * placements[0]!);
  });
});
