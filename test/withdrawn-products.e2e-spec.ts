import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';

describe('products that were ordered before they changed or went', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let product: ProductDto;
  let order: OrderDto;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    const variations = [{ name: 'Small' }, { name: 'Large', price_change_cents: 50 }];
    const name = `Product ${randomUUID()}`;
    const request = { name, base_price_cents: 300, variations };
    product = (await manager.post(PRODUCTS, request).expect(201)).body as ProductDto;
    order = await ana.placeOrder([name, 'Small', 2], [name, 'Large']);
  });

  /** Tries to order this variation of the product. */
  function ordering(variation: number): ReturnType<Person['post']> {
    const line = { product_id: product.id, variation_id: product.variations[variation]?.id, quantity: 1 };
    return ana.post('/api/v1/orders', { items: [line] });
  }

  it.each([
    ['a rename', (path: string) => manager.patch(path, { name: `Renamed ${randomUUID()}` }).expect(200)],
    ['another price', (path: string) => manager.patch(path, { base_price_cents: 999 }).expect(200)],
    [
      'other prices of its variations',
      (path: string) =>
        manager
          .patch(path, { variations: [{ name: 'LARGE', price_change_cents: 7 }, { name: 'Small' }] })
          .expect(200),
    ],
    ['the loss of its variations', (path: string) => manager.patch(path, { variations: [] }).expect(200)],
    ['its withdrawal', (path: string) => manager.delete(path).expect(204)],
  ])('leave the old order as it was, byte for byte, after %s', async (_, changing) => {
    const path = `/api/v1/orders/${order.id}`;
    const before = await ana.get(path).expect(200);

    await changing(`${PRODUCTS}/${product.id}`);

    expect((await ana.get(path).expect(200)).text).toBe(before.text);
    const { body: all } = await manager.get('/api/v1/admin/orders?limit=1').expect(200);
    expect(all).toEqual([before.body]);
  });

  it('leave the menu with 204 also when they have a history of orders', async () => {
    const response = await manager.delete(`${PRODUCTS}/${product.id}`).expect(204);

    expect(response.text).toBe('');
    const { body } = await ana.get('/api/v1/menu').expect(200);
    expect((body.products as ProductDto[]).map(({ id }) => id)).not.toContain(product.id);
  });

  it('cannot be withdrawn twice, nor changed afterwards', async () => {
    const path = `${PRODUCTS}/${product.id}`;
    await manager.delete(path).expect(204);

    for (const request of [manager.delete(path), manager.patch(path, { name: 'Back again' })]) {
      const { body } = await request.expect(404);
      expect(body).toMatchObject({ code: 'product_not_found', detail: 'Product not found' });
    }
  });

  it('give their name free for a new product, which has other ids', async () => {
    await manager.delete(`${PRODUCTS}/${product.id}`).expect(204);

    const variations = [{ name: 'Small' }];
    const request = { name: product.name, base_price_cents: 1, variations };
    const { body: again } = await manager.post(PRODUCTS, request).expect(201);

    expect(again.id).not.toBe(product.id);
    expect(again.variations[0].id).not.toBe(product.variations[0]?.id);
  });

  it('cannot be ordered any more', async () => {
    await manager.delete(`${PRODUCTS}/${product.id}`).expect(204);

    const { body } = await ordering(0).expect(400);

    const [small] = product.variations;
    expect(body.detail).toBe(`Invalid product_id or variation_id: ${product.id}, ${small?.id}`);
  });

  it('are sold without the variation that was withdrawn, and with those that stayed', async () => {
    const requests = app.payments.requests.length;
    await manager.patch(`${PRODUCTS}/${product.id}`, { variations: [{ name: 'Large' }] }).expect(200);

    const { body } = await ordering(0).expect(400);
    expect(body.code).toBe('invalid_order_line');
    expect(app.payments.requests).toHaveLength(requests);

    await ordering(1).expect(201);
  });

  it('have a new id for a variation that was withdrawn and came back', async () => {
    const path = `${PRODUCTS}/${product.id}`;
    await manager.patch(path, { variations: [{ name: 'Large' }] }).expect(200);

    const { body } = await manager
      .patch(path, { variations: [{ name: 'Large' }, { name: 'Small' }] })
      .expect(200);

    expect(body.variations[1].id).not.toBe(product.variations[0]?.id);
    await ordering(0).expect(400);
  });

  it('cost the new price from the change on', async () => {
    await manager.patch(`${PRODUCTS}/${product.id}`, { base_price_cents: 310 }).expect(200);

    const { body } = await ordering(1).expect(201);

    expect(body).toMatchObject({ total_cents: 360, items: [{ unit_price_cents: 360 }] });
  });

  it.each(['PATCH', 'DELETE'])('are unknown to %s by an id that nothing has', async (method) => {
    const path = `${PRODUCTS}/${randomUUID()}`;

    const { body } = await (method === 'PATCH' ? manager.patch(path, {}) : manager.delete(path)).expect(404);

    expect(body.detail).toBe('Product not found');
  });

  it('are made, changed and withdrawn by managers only', async () => {
    for (const who of [ana, app.anonymous()]) {
      const status = who === ana ? 403 : 401;
      await who.post(PRODUCTS, { name: 'Mine', base_price_cents: 1 }).expect(status);
      await who.patch(`${PRODUCTS}/${product.id}`, { base_price_cents: 1 }).expect(status);
      await who.delete(`${PRODUCTS}/${product.id}`).expect(status);
    }
  });
});
