import { randomUUID } from 'node:crypto';
import { documentedOperations } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const PRODUCTS = '/api/v1/admin/products';
const USERS = '/api/v1/admin/users';

describe('Location', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  function newProduct(): object {
    return { name: `Product ${randomUUID()}`, base_price_cents: 300 };
  }

  it.each(['', '/', '?source=till', '/?source=till'])(
    'leads from POST /orders%s to the new order',
    async (suffix) => {
      const url = ORDERS + suffix;
      const { body, headers } = await ana.post(url, await ana.orderFor(['Latte', 'Vanilla'])).expect(201);

      const { pathname } = new URL(String(headers.location), app.url + url);
      expect((await ana.get(pathname).expect(200)).body).toEqual(body);
    },
  );

  it('leads from POST /admin/products to the new product', async () => {
    const { body, headers } = await manager.post(PRODUCTS, newProduct()).expect(201);

    const { pathname } = new URL(String(headers.location), app.url + PRODUCTS);
    expect((await manager.get(pathname).expect(200)).body).toEqual(body);
  });

  it('leads from POST /admin/users to the new user', async () => {
    const user = { email: 'eve@example.com', role: 'barista', password: 'three blue cups of tea' };
    const { body, headers } = await manager.post(USERS, user).expect(201);

    const { pathname } = new URL(String(headers.location), app.url + USERS);
    expect((await manager.get(pathname).expect(200)).body).toEqual(body);
  });

  it('is relative, so that it stays below the prefix of a proxy', async () => {
    const { body, headers } = await manager.post(PRODUCTS, newProduct()).expect(201);

    expect(headers.location).toBe(`products/${body.id}`);
  });

  it('is not sent with a replay', async () => {
    const body = await ana.orderFor(['Latte', 'Vanilla']);
    const key = randomUUID();
    await ana.placeWithKey(body, key).expect(201);

    const replay = await ana.placeWithKey(body, key).expect(200);

    expect(replay.headers.location).toBeUndefined();
  });

  it('is documented for every 201 of a resource', async () => {
    const created = (await documentedOperations(app.url)).filter(
      ({ name, responses }) => responses[201] && name !== 'POST /api/v1/auth/stream-ticket',
    );

    expect(created.length).toBeGreaterThan(0);
    for (const { name, responses } of created)
      expect([name, Object.keys(responses[201]?.headers ?? {})]).toEqual([
        name,
        expect.arrayContaining(['Location']),
      ]);
  });
});
