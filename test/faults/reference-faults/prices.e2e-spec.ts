import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../../../apps/api/orders/dto/order.dto.js';
import type { Person } from '../../support/person.js';
import { TestApp } from '../../support/test-app.js';

const ORDERS = '/api/v1/orders';
const PRODUCTS = '/api/v1/admin/products';

/** The reference system failed each of these tests. */
describe('faults of the reference system with prices', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** Creates a product with the variation Small. Returns its path. */
  async function createProduct(name: string, cents: number, changeCents = 0): Promise<string> {
    const variations = [{ name: 'Small', price_change_cents: changeCents }];
    const { body } = await manager.post(PRODUCTS, { name, base_price_cents: cents, variations }).expect(201);
    return `${PRODUCTS}/${body.id}`;
  }

  it('refuses a total beyond int4 without a charge', async () => {
    await createProduct('Golden Bean', 2_000_000_000);
    const requests = app.payments.requests.length;

    const { body } = await ana.post(ORDERS, await ana.orderFor(['Golden Bean', 'Small', 2])).expect(422);

    expect(body).toMatchObject({ code: 'total_too_large', errors: [{ field: 'items' }] });
    expect(app.payments.requests).toHaveLength(requests);
  });

  it('refuses negative unit prices', async () => {
    const product = {
      name: 'Refund',
      base_price_cents: 100,
      variations: [{ name: 'All', price_change_cents: -500 }],
    };
    await manager.post(PRODUCTS, product).expect(422);

    const path = await createProduct('Discount', 500, -400);
    await manager.patch(path, { base_price_cents: 300 }).expect(422);
  });

  it('shows an order unchanged after its product is renamed, repriced or withdrawn', async () => {
    const path = await createProduct('Flat White', 380, 20);
    const placed = await ana.placeOrder(['Flat White', 'Small']);

    await manager
      .patch(path, { name: 'Flat Black', base_price_cents: 999, variations: [{ name: 'Large' }] })
      .expect(200);

    expect((await ana.get(`${ORDERS}/${placed.id}`).expect(200)).body).toEqual(placed);
    const { body: list } = await manager.get('/api/v1/admin/orders').expect(200);
    expect((list as OrderDto[]).find(({ id }) => id === placed.id)).toEqual(placed);
    await manager.delete(path).expect(204);
    expect((await ana.get(`${ORDERS}/${placed.id}`).expect(200)).body).toEqual(placed);
  });

  it.each<[string, () => object, number]>([
    ['two variations of one name', () => ({ variations: [{ name: 'Oat' }, { name: 'Oat' }] }), 409],
    ['a name that is too long', () => ({ name: 'n'.repeat(256) }), 422],
    ['a huge price', () => ({ base_price_cents: 2 ** 40 }), 422],
    ['an empty name', () => ({ name: '' }), 422],
  ])('refuses a product with %s', async (_, change, status) => {
    await manager.post(PRODUCTS, { name: randomUUID(), base_price_cents: 100, ...change() }).expect(status);
  });
});
