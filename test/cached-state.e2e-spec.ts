import { DataSource } from 'typeorm';
import { ShopService } from '#shop';
import { StatementLog } from './scale/statement-log.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const SHOP = '/api/v1/shop';
const LIMITS = '/api/v1/admin/shop/limits';
const UNTIL = '2099-01-01T00:00:00Z';

describe('the menu and the shop, while they do not change,', () => {
  let app: TestApp;
  let customer: Person;
  let manager: Person;
  let log: StatementLog;

  beforeAll(async () => {
    app = await TestApp.start();
    log = new StatementLog(app.api.get(DataSource));
    [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    const donuts = await customer.orderFor(['Donuts', 'Glazed']);
    const path = `/api/v1/admin/products/${donuts.items[0]?.product_id}/availability`;
    await manager.put(path, { sold_out: true, until: UNTIL }).expect(200);
    await customer.placeOrder(['Latte', 'Vanilla']);
    await eventually('both values in the cache', async () => (await readBoth()).length === 0);
  });
  afterAll(() => app.close());

  async function readBoth() {
    return log.capture(async () => {
      await customer.get(MENU).expect(200);
      await customer.get(SHOP).expect(200);
    });
  }

  it('cost their readers no statement', async () => {
    expect(await readBoth()).toEqual([]);
  });

  it('cost an order no statement', async () => {
    const order = await customer.orderFor(['Latte', 'Vanilla']);

    const statements = await log.capture(() => customer.placeWithKey(order).expect(201));

    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter(({ sql }) => /\bproducts\b|\bshop_/.test(sql))).toEqual([]);
  });

  it('are the same objects', async () => {
    const shop = app.api.get(ShopService, { strict: false });

    expect(await shop.current()).toBe(await shop.current());
  });

  it('count the open orders once for readers at the same time', async () => {
    const shop = app.api.get(ShopService, { strict: false });
    await manager.put(LIMITS, { max_open_orders: 1 }).expect(200);
    await shop.current();

    const statements = await log.capture(async () => {
      const readers = await Promise.all(Array.from({ length: 20 }, () => shop.current()));
      expect(new Set(readers.map(({ reason }) => reason))).toEqual(new Set(['busy']));
    });

    expect(statements.map(({ sql }) => sql)).toEqual([expect.stringContaining('shop_is_full')]);
  });
});
