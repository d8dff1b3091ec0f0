import { Config } from '#config';
import { createApi } from '../apps/api/create-api.js';
import { freePort } from './support/api-process.js';
import { createSeededDatabase, type TestDatabase } from './support/database.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const LISTS = [
  '/api/v1/orders',
  '/api/v1/admin/orders',
  '/api/v1/admin/placements',
  '/api/v1/admin/notifications',
  '/api/v1/admin/refunds',
  '/api/v1/admin/users',
  '/api/v1/admin/audit',
];

/** Two databases with different content: only the primary has the manager and what she did. */
describe('with DATABASE_READ_URL', () => {
  let app: TestApp;
  let replica: TestDatabase;
  let manager: Person;
  let orderId: string;

  beforeAll(async () => {
    replica = await createSeededDatabase();
    app = await TestApp.start({ DATABASE_READ_URL: replica.url });
    manager = await app.manager();
    ({ id: orderId } = await manager.placeOrder(['Latte', 'Vanilla']));
    await manager.changeStatus(orderId, 'preparation').expect(200);
    await manager.post(`/api/v1/orders/${orderId}/cancel`, { reason: 'out_of_stock' }).expect(200);
  });
  afterAll(async () => {
    await app.close();
    await replica.drop();
  });

  function today(): string {
    return `/api/v1/admin/reports/days/${new Date().toISOString().slice(0, 10)}`;
  }

  /** Returns what a list has besides the seeded users. */
  async function idsIn(client: Person, path: string): Promise<string[]> {
    const rows = (await client.get(path).expect(200)).body as { id: string; email?: string }[];
    return rows.filter(({ email }) => !/^(customer|barista|manager)@/.test(email ?? '')).map(({ id }) => id);
  }

  it.each(LISTS)('%s is read from the replica', async (path) => {
    expect(await idsIn(manager, path)).toEqual([]);
  });

  it('a report of a day is read from the replica', async () => {
    expect((await manager.get(today()).expect(200)).body).toMatchObject({ orders: 0, cancelled: 0 });
  });

  it.each(['', '/timeline', '/refunds'])('an order%s is read from the primary', async (suffix) => {
    await manager.get(`/api/v1/orders/${orderId}${suffix}`).expect(200);
  });

  describe.each([
    ['is away at start', async () => `postgresql://127.0.0.1:${await freePort()}/coffee`],
    ['refuses the password', () => Promise.resolve(replica.url.replace(/\/\/[^@]*@/, '//missing:pw@'))],
    ['has no certificate file', () => Promise.resolve(`${replica.url}?sslmode=require&sslrootcert=/missing`)],
    ['has no tables', () => Promise.resolve(replica.url.replace(/\/\w+$/, '/postgres'))],
  ])('whose replica %s', (_, urlOf) => {
    let other: Awaited<ReturnType<typeof createApi>>;
    let there: Person;

    beforeAll(async () => {
      other = await createApi(Config.from({ ...app.environment, DATABASE_READ_URL: await urlOf() }));
      await other.listen(0, '127.0.0.1');
      there = manager.at(await other.getUrl());
    });
    afterAll(() => other.close());

    it('lists and reports are read from the primary', async () => {
      for (const path of LISTS) expect(await idsIn(there, path)).not.toEqual([]);
      expect((await there.get(today()).expect(200)).body).toMatchObject({ orders: 1, cancelled: 1 });
    });
  });

  it('lists are read from the primary when the replica goes away', async () => {
    await app.database.query(`DROP DATABASE ${new URL(replica.url).pathname.slice(1)} WITH (FORCE)`);

    expect(await idsIn(manager, '/api/v1/admin/orders')).toEqual([orderId]);
  });
});
