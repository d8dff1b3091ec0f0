import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { createRole } from '../support/database-role.js';
import { terminateConnections } from '../support/database-connections.js';
import { eventually } from '../support/eventually.js';
import { DedicatedPostgres } from '../support/dedicated-postgres.js';
import { TestApp } from '../support/test-app.js';
import { violations } from './chaos/invariants.js';
import { Purchase } from './chaos/purchase.js';

/** Its crash recovery included, PostgreSQL is back by then, in ms. */
const BACK_WITHIN_MS = 30_000;

describe('a PostgreSQL that dies under load and starts again', () => {
  let postgres: DedicatedPostgres;
  let app: TestApp;

  beforeAll(async () => {
    postgres = await DedicatedPostgres.start();
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' }, postgres.database);
    await app.startWorker();
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await postgres.remove();
  });

  it.each([
    ['killed', () => postgres.crash()],
    ['stopped', () => postgres.stop()],
  ])(
    '%s: clients are told to come back, and then every order is there, charged once',
    async (_, ends) => {
      const ana = await app.customer();
      const order = await ana.orderFor(['Latte', 'Vanilla']);
      const purchases: Purchase[] = [];
      const closing = new AbortController();
      const begins = (): Purchase => {
        const purchase = new Purchase(ana, order, { withKey: true });
        purchases.push(purchase);
        return purchase;
      };
      const buys = async (): Promise<void> => {
        let purchase = begins();
        while (!closing.signal.aborted) {
          if (purchase.isFinished) purchase = begins();
          await purchase.send(app.url);
          await sleep(20);
        }
      };
      const buying = Promise.all([buys(), buys(), buys(), buys()]);
      const placed = (): number => purchases.filter(({ order: one }) => one).length;
      await eventually('some orders', () => placed() > 10);

      await ends();
      const atItsEnd = placed();
      await eventually('a refusal', () =>
        purchases.some(({ responses }) => responses.at(-1)?.status === 503),
      );
      await postgres.restart();
      await eventually('new orders', () => placed() > atItsEnd + 10, BACK_WITHIN_MS);
      closing.abort();
      await buying;

      for (const purchase of purchases) {
        await eventually('an answer', async () => {
          if (!purchase.isFinished) await purchase.send(app.url);
          return purchase.isFinished;
        });
        await purchase.send(app.url);
      }
      expect(
        await violations({
          database: app.database,
          charges: app.payments.charges,
          purchases,
          notifications: [],
          acknowledgedStatuses: new Map(),
          logs: '',
          secrets: [],
        }),
      ).toEqual([]);
    },
    90_000,
  );
});

describe('a PostgreSQL that is out of connections', () => {
  it('makes requests wait or come back, and they succeed when there are connections again', async () => {
    const app = await TestApp.start();
    const role = await createRole(app.database);
    const api = await ApiProcess.start({ ...app.environment, DATABASE_URL: role.url });
    const ana = api.clientFor(await app.customer());
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const purchases = Array.from({ length: 60 }, () => new Purchase(ana, order, { withKey: true }));
    // One for the signals, one for the pool; those that are open already stay.
    await role.limitConnections(2);
    await terminateConnections(app.database, 'coffee-shop');

    await Promise.all(purchases.map((purchase) => purchase.send(api.url)));
    const statuses = new Set(purchases.flatMap(({ responses }) => responses.map(({ status }) => status)));
    await role.limitConnections(-1);
    for (const purchase of purchases) {
      if (!purchase.isFinished) await purchase.send(api.url);
    }

    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect(statuses).toContain(503);
    expect(purchases.every(({ order: placed }) => placed)).toBe(true);
    expect(await app.database.query('SELECT FROM orders')).toHaveLength(purchases.length);
    expect(app.payments.charges).toHaveLength(purchases.length);
    await api.stop();
    await role.drop();
    await app.close();
  });
});
