import type { Test } from 'supertest';
import { snapshotState, UNKNOWN_ID } from '../fuzz/fuzz-context.js';
import { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** Fields that clients must not set, with the spellings that an attacker would try. */
const PROTECTED_FIELDS: Record<string, unknown> = {
  id: UNKNOWN_ID,
  role: 'manager',
  status: 'delivered',
  state: 'placed',
  customer_id: UNKNOWN_ID,
  customerId: UNKNOWN_ID,
  user_id: UNKNOWN_ID,
  total_cents: 0,
  totalCents: 0,
  unit_price_cents: 1,
  price: 1,
  payment: { amount_cents: 0 },
  created_at: '2020-01-01T00:00:00Z',
  updatedAt: '2020-01-01T00:00:00Z',
  sold_out: true,
  soldOut: true,
  withdrawn_at: null,
  withdrawnAt: null,
  resolved_by: UNKNOWN_ID,
  is_admin: true,
  hashed_password: 'x',
};

/** Fields of the list above that a request may have. */
const ALLOWED_FIELDS: Record<string, string[]> = {
  'an order': ['total_cents'],
  'a status change': ['status'],
  'an updated product': ['sold_out'],
  'an availability': ['sold_out'],
  'a new user': ['role'],
  'a changed user': ['role'],
};

const CREDENTIALS = { email: 'eve@example.com', password: 'three blue cups of tea' };

describe('fields that clients must not set', () => {
  let app: TestApp;
  let customer: Person;
  let manager: Person;
  let productId: string;
  let orderId: string;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await customer.orderFor(['Latte', 'Vanilla']);
    orderId = (await customer.placeOrder(['Latte', 'Vanilla'])).id;
    productId = order.items[0]!.product_id;
  });
  afterAll(() => app.close());

  it.each<[string, (extra: object) => Test]>([
    ['an order', (extra) => customer.post('/api/v1/orders', { ...order, ...extra })],
    [
      'an order line',
      (extra) => customer.post('/api/v1/orders', { items: [{ ...order.items[0], ...extra }] }),
    ],
    [
      'a status change',
      (extra) => manager.patch(`/api/v1/orders/${orderId}/status`, { status: 'preparation', ...extra }),
    ],
    [
      'a new product',
      (extra) => manager.post('/api/v1/admin/products', { name: 'A', base_price_cents: 1, ...extra }),
    ],
    [
      'a variation of a new product',
      (extra) =>
        manager.post('/api/v1/admin/products', {
          name: 'A',
          base_price_cents: 1,
          variations: [{ name: 'x', ...extra }],
        }),
    ],
    [
      'an updated product',
      (extra) => manager.patch(`/api/v1/admin/products/${productId}`, { name: 'A', ...extra }),
    ],
    [
      'an availability',
      (extra) =>
        manager.put(`/api/v1/admin/products/${productId}/availability`, { sold_out: true, ...extra }),
    ],
    [
      'a registration',
      (extra) => app.anonymous().post('/api/v1/auth/register', { ...CREDENTIALS, ...extra }),
    ],
    [
      'a password change',
      (extra) =>
        customer.post('/api/v1/auth/password', {
          current_password: 'a guess',
          new_password: CREDENTIALS.password,
          ...extra,
        }),
    ],
    [
      'a new user',
      (extra) => manager.post('/api/v1/admin/users', { ...CREDENTIALS, role: 'barista', ...extra }),
    ],
    ['a changed user', (extra) => manager.patch(`/api/v1/admin/users/${customer.id}`, extra)],
    [
      'a resolution',
      (extra) =>
        manager.post(`/api/v1/admin/placements/${UNKNOWN_ID}/resolve`, {
          outcome: 'charged',
          note: 'x',
          ...extra,
        }),
    ],
  ])('are rejected by name in %s', async (target, send) => {
    const before = await snapshotState({ app });

    for (const [field, value] of Object.entries(PROTECTED_FIELDS)) {
      if (ALLOWED_FIELDS[target]?.includes(field)) continue;
      const { body } = await send({ [field]: value }).expect(422);
      const isNamed = (body.errors as { field: string }[]).some((error) => error.field.includes(field));
      expect([field, isNamed]).toEqual([field, true]);
    }

    expect(await snapshotState({ app })).toBe(before);
  });

  it('are ignored in a login', async () => {
    const before = await snapshotState({ app });

    const { body } = await app
      .anonymous()
      .post('/api/v1/auth/token')
      .type('form')
      .send({ username: 'customer@example.com', password: 'customer123', ...PROTECTED_FIELDS })
      .expect(200);

    await new Person(app.url, '', body.access_token).get('/api/v1/admin/orders').expect(403);
    expect(await snapshotState({ app })).toBe(before);
  });
});
