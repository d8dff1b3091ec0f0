import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';

describe('A product with orders', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let product: ProductDto;
  /** The path of the product. */
  let path: string;
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
    path = `${PRODUCTS}/${product.id}`;
    order = await ana.placeOrder([name, 'Small', 2], [name, 'Large']);
  });

  /** Sends an order of the variation at this index. */
  function orderVariation(index: number): ReturnType<Person['post']> {
    const line = { product_id: product.id, variation_id: product.variations[index]?.id, quantity: 1 };
    return ana.post('/api/v1/orders', { items: [line] });
  }

  it.each([
    ['its name changes', () => manager.patch(path, { name: `Renamed ${randomUUID()}` }).expect(200)],
    ['its price changes', () => manager.patch(path, { base_price_cents: 999 }).expect(200)],
    [
      'the prices of its variations change',
      () =>
        manager
          .patch(path, { variations: [{ name: 'LARGE', price_change_cents: 7 }, { name: 'Small' }] })
          .expect(200),
    ],
    ['its variations are withdrawn', () => manager.patch(path, { variations: [] }).expect(200)],
    ['it is withdrawn', () => manager.delete(path).expect(204)],
  ])('leaves the old order unchanged if %s', async (_, change) => {
    const orderPath = `/api/v1/orders/${order.id}`;
    const before = await ana.get(orderPath).expect(200);

    await change();

    expect((await ana.get(orderPath).expect(200)).text).toBe(before.text);
    const { body: list } = await manager.get('/api/v1/admin/orders?limit=1').expect(200);
    expect(list).toEqual([before.body]);
  });

  it('costs the new price after a price change', async () => {
    await manager.patch(path, { base_price_cents: 310 }).expect(200);

    const { body } = await orderVariation(1).expect(201);

    expect(body).toMatchObject({ total_cents: 360, items: [{ unit_price_cents: 360 }] });
  });

  describe('after its withdrawal', () => {
    it('is not on the menu', async () => {
      const response = await manager.delete(path).expect(204);

      expect(response.text).toBe('');
      const { body } = await ana.get('/api/v1/menu').expect(200);
      expect((body.products as ProductDto[]).map(({ id }) => id)).not.toContain(product.id);
    });

    it.each([
      ['read', () => manager.get(path)],
      ['withdrawn again', () => manager.delete(path)],
      ['changed', () => manager.patch(path, { name: 'Back again' })],
    ])('cannot be %s', async (_, send) => {
      await manager.delete(path).expect(204);

      const { body } = await send().expect(404);

      expect(body).toMatchObject({ code: 'product_not_found', detail: 'Product not found' });
    });

    it('cannot be ordered', async () => {
      await manager.delete(path).expect(204);

      const { body } = await orderVariation(0).expect(400);

      const [small] = product.variations;
      expect(body.detail).toBe(`Invalid product_id or variation_id: ${product.id}, ${small?.id}`);
    });

    it('frees its name for a new product with new ids', async () => {
      await manager.delete(path).expect(204);

      const request = { name: product.name, base_price_cents: 1, variations: [{ name: 'Small' }] };
      const { body: successor } = await manager.post(PRODUCTS, request).expect(201);

      expect(successor.id).not.toBe(product.id);
      expect(successor.variations[0].id).not.toBe(product.variations[0]?.id);
    });
  });

  describe('after the withdrawal of a variation', () => {
    beforeEach(() => manager.patch(path, { variations: [{ name: 'Large' }] }).expect(200));

    it('cannot be ordered with that variation', async () => {
      const requests = app.payments.requests.length;

      const { body } = await orderVariation(0).expect(400);

      expect(body.code).toBe('invalid_order_line');
      expect(app.payments.requests).toHaveLength(requests);
    });

    it('can be ordered with the other variation', async () => {
      await orderVariation(1).expect(201);
    });

    it('gets a new id for a variation with the same name', async () => {
      const { body } = await manager
        .patch(path, { variations: [{ name: 'Large' }, { name: 'Small' }] })
        .expect(200);

      expect(body.variations[1].id).not.toBe(product.variations[0]?.id);
      await orderVariation(0).expect(400);
    });
  });
});
