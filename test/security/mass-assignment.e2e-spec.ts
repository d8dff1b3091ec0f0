import type { Test } from 'supertest';
import type { Person } from '../support/person.js';
import { snapshotState } from '../fuzz/fuzz-context.js';
import { TestApp } from '../support/test-app.js';

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** What only the shop itself decides, in the spellings that a guesser would try. */
const FOREIGN: Record<string, unknown> = {
  id: UUID,
  role: 'manager',
  status: 'delivered',
  state: 'placed',
  customer_id: UUID,
  customerId: UUID,
  user_id: UUID,
  total_cents: 0,
  totalCents: 0,
  unit_price_cents: 1,
  price: 1,
  payment: { amount_cents: 0 },
  created_at: '2020-01-01T00:00:00Z',
  updatedAt: '2020-01-01T00:00:00Z',
  withdrawn_at: null,
  withdrawnAt: null,
  resolved_by: UUID,
  is_admin: true,
  hashed_password: 'x',
};

describe('a field that is not for the client to set', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let productId: string;
  let orderId: string;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
    orderId = (await ana.placeOrder(['Latte', 'Vanilla'])).id;
    productId = order.items[0]!.product_id;
  });
  afterAll(() => app.close());

  const own: Record<string, string[]> = {
    'an order': ['total_cents'],
    'a status change': ['status'],
  };

  it.each<[string, (extra: object) => Test]>([
    ['an order', (extra) => ana.post('/api/v1/orders', { ...order, ...extra })],
    ["an order's line", (extra) => ana.post('/api/v1/orders', { items: [{ ...order.items[0], ...extra }] })],
    [
      'a status change',
      (extra) => manager.patch(`/api/v1/orders/${orderId}/status`, { status: 'preparation', ...extra }),
    ],
    [
      'a new product',
      (extra) => manager.post('/api/v1/admin/products', { name: 'A', base_price_cents: 1, ...extra }),
    ],
    [
      "a new product's variation",
      (extra) =>
        manager.post('/api/v1/admin/products', {
          name: 'A',
          base_price_cents: 1,
          variations: [{ name: 'x', ...extra }],
        }),
    ],
    [
      'a changed product',
      (extra) => manager.patch(`/api/v1/admin/products/${productId}`, { name: 'A', ...extra }),
    ],
    [
      'a resolution',
      (extra) =>
        manager.post(`/api/v1/admin/placements/${UUID}/resolve`, { outcome: 'charged', note: 'x', ...extra }),
    ],
    [
      'a login',
      (extra) =>
        app
          .anonymous()
          .post('/api/v1/auth/token')
          .type('form')
          .send({ username: 'customer@example.com', password: 'customer123', ...extra }),
    ],
  ])('is refused in %s, by its name, and changes nothing', async (what, send) => {
    const before = await snapshotState({ app });

    for (const [field, value] of Object.entries(FOREIGN).filter(([name]) => !own[what]?.includes(name))) {
      const { body } = await send({ [field]: value }).expect(422);
      const named = (body.errors as { field: string }[]).some((error) => error.field.includes(field));
      expect([field, named]).toEqual([field, true]);
    }

    expect(await snapshotState({ app })).toBe(before);
  });
});
