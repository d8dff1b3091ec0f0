import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { createRole } from '../support/database-role.js';
import { sendAway } from '../support/database-door.js';
import { eventually } from '../support/eventually.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { TestShop } from '../support/shop.js';
import { violations } from './storm/invariants.js';
import { Purchase } from './storm/purchase.js';

/** Its crash recovery included, PostgreSQL is back by then, in ms. */
const BACK_WITHIN_MS = 30_000;

describe('a PostgreSQL that dies under load and starts again', () => {
  let postgres: OwnPostgres;
  let shop: TestShop;

  beforeAll(async () => {
    postgres = await OwnPostgres.start();
    shop = await TestShop.open({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' }, postgres.database);
    await shop.startWorker();
  }, 60_000);
  afterAll(async () => {
    await shop.close();
    await postgres.remove();
  });

  it.each([
    ['killed', () => postgres.crashes()],
    ['stopped', () => postgres.stops()],
  ])(
    '%s: clients are told to come back, and then every order is there, charged once',
    async (_, ends) => {
      const ana = await shop.customer();
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
          if (purchase.isOver) purchase = begins();
          await purchase.ask(shop.url);
          await sleep(20);
        }
      };
      const buying = Promise.all([buys(), buys(), buys(), buys()]);
      const placed = (): number => purchases.filter(({ order: one }) => one).length;
      await eventually('some orders', () => placed() > 10);

      await ends();
      const atItsEnd = placed();
      await eventually('a refusal', () => purchases.some(({ answers }) => answers.at(-1)?.status === 503));
      await postgres.startsAgain();
      await eventually('new orders', () => placed() > atItsEnd + 10, BACK_WITHIN_MS);
      closing.abort();
      await buying;

      for (const purchase of purchases) {
        await eventually('an answer', async () => {
          if (!purchase.isOver) await purchase.ask(shop.url);
          return purchase.isOver;
        });
        await purchase.ask(shop.url);
      }
      expect(
        await violations({
          database: shop.database,
          charges: shop.payments.charges,
          purchases,
          notified: [],
          moved: new Map(),
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
    const shop = await TestShop.open();
    const role = await createRole(shop.database);
    const api = await ApiProcess.start({ ...shop.environment, DATABASE_URL: role.url });
    const ana = api.serves(await shop.customer());
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const purchases = Array.from({ length: 60 }, () => new Purchase(ana, order, { withKey: true }));
    // One for the signals, one for the pool; those that are open already stay.
    await role.limit(2);
    await sendAway(shop.database, 'coffee-shop');

    await Promise.all(purchases.map((purchase) => purchase.ask(api.url)));
    const statuses = new Set(purchases.flatMap(({ answers }) => answers.map(({ status }) => status)));
    await role.limit(-1);
    for (const purchase of purchases) {
      if (!purchase.isOver) await purchase.ask(api.url);
    }

    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect(statuses).toContain(503);
    expect(purchases.every(({ order: placed }) => placed)).toBe(true);
    expect(await shop.database.query('SELECT FROM orders')).toHaveLength(purchases.length);
    expect(shop.payments.charges).toHaveLength(purchases.length);
    await api.stop();
    await role.drop();
    await shop.close();
  });
});
