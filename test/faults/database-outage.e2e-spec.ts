import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { terminateConnections } from '../support/database-connections.js';
import { createRole } from '../support/database-role.js';
import { DedicatedPostgres } from '../support/dedicated-postgres.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { violations } from './chaos/invariants.js';
import { Purchase } from './chaos/purchase.js';

/** Includes PostgreSQL's crash recovery. */
const MAX_RECOVERY_MS = 30_000;

describe('when PostgreSQL restarts under load', () => {
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
    ['a crash', () => postgres.crash()],
    ['a clean stop', () => postgres.stop()],
  ])(
    'every purchase ends with one charged order after %s',
    async (_, shutDown) => {
      const ana = await app.customer();
      const order = await ana.orderFor(['Latte', 'Vanilla']);
      const purchases: Purchase[] = [];
      const stopped = new AbortController();
      const nextPurchase = (): Purchase => {
        const purchase = new Purchase(ana, order, { withKey: true });
        purchases.push(purchase);
        return purchase;
      };
      const buy = async (): Promise<void> => {
        let purchase = nextPurchase();
        while (!stopped.signal.aborted) {
          if (purchase.isFinished) purchase = nextPurchase();
          await purchase.send(app.url);
          await sleep(20);
        }
      };
      const buying = Promise.all([buy(), buy(), buy(), buy()]);
      const placed = (): number => purchases.filter((purchase) => purchase.order).length;
      await eventually('some orders', () => placed() > 10);

      await shutDown();
      const placedBefore = placed();
      await eventually('a 503 response', () =>
        purchases.some(({ responses }) => responses.at(-1)?.status === 503),
      );
      await postgres.restart();
      await eventually('new orders', () => placed() > placedBefore + 10, MAX_RECOVERY_MS);
      stopped.abort();
      await buying;

      for (const purchase of purchases) {
        await eventually('a final response', async () => {
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
          refunds: [],
          cancelledOrders: new Set(),
          acknowledgedRefunds: new Map(),
          logs: '',
          secrets: [],
        }),
      ).toEqual([]);
    },
    90_000,
  );
});

describe('when PostgreSQL has no free connections', () => {
  it('requests wait or get 503, and succeed when connections are free again', async () => {
    const app = await TestApp.start();
    const role = await createRole(app.database);
    const api = await ApiProcess.start({ ...app.environment, DATABASE_URL: role.url });
    const ana = api.clientFor(await app.customer());
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const purchases = Array.from({ length: 60 }, () => new Purchase(ana, order, { withKey: true }));
    // One connection for LISTEN and one for the pool; open connections stay.
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
    expect(purchases.every((purchase) => purchase.order)).toBe(true);
    expect(await app.database.query('SELECT FROM orders')).toHaveLength(purchases.length);
    expect(app.payments.charges).toHaveLength(purchases.length);
    await api.stop();
    await role.drop();
    await app.close();
  });
});
