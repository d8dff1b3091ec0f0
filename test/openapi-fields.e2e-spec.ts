import type { DayReportDto } from '../apps/api/reports/dto/day-report.dto.js';
import { TestApp } from './support/test-app.js';

describe('The OpenAPI document', () => {
  let app: TestApp;
  let schemas: Record<string, { properties: object; required: string[] }>;

  beforeAll(async () => {
    app = await TestApp.start();
    ({ schemas } = (await app.anonymous().get('/docs-json').expect(200)).body.components);
  });
  afterAll(() => app.close());

  function fieldsOf(schema: string): string[] {
    return Object.keys(schemas[schema]?.properties ?? {});
  }

  it('contains every field of an order', async () => {
    const ana = await app.customer();
    const order = await ana.placeOrder(['Latte', 'Vanilla']);

    expect(fieldsOf('Order')).toEqual(Object.keys(order));
    expect(fieldsOf('OrderItem')).toEqual(Object.keys(order.items[0] ?? {}));
    expect(fieldsOf('Payment')).toEqual(Object.keys(order.payment));
  });

  it('contains every field of a user', async () => {
    const manager = await app.manager();
    const user = { email: 'eve@example.com', role: 'barista', password: 'three blue cups of tea' };
    const created = await manager.post('/api/v1/admin/users', user).expect(201);
    const account = await manager.get('/api/v1/auth/me').expect(200);

    expect(fieldsOf('User')).toEqual(Object.keys(created.body as object));
    expect(fieldsOf('Account')).toEqual(Object.keys(account.body as object));
  });

  it('contains every field of a product', async () => {
    const [product] = (await app.anonymous().get('/api/v1/menu').expect(200)).body.products;

    expect(fieldsOf('Product').toSorted()).toEqual(Object.keys(product as object).toSorted());
    expect(fieldsOf('Variation').toSorted()).toEqual(Object.keys(product.variations[0] as object).toSorted());
  });

  it('contains every field of a refund', async () => {
    const [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const refund = { amount_cents: 100, reason: 'quality' };
    const created = await manager.post(`/api/v1/orders/${id}/refunds`, refund).expect(201);

    expect(fieldsOf('Refund')).toEqual(Object.keys(created.body as object));
  });

  it('contains every field of a day report', async () => {
    const ana = await app.customer();
    const day = (await ana.placeOrder(['Latte', 'Vanilla'])).created_at.slice(0, 10);
    const { body } = await (await app.manager()).get(`/api/v1/admin/reports/days/${day}`).expect(200);
    const report = body as DayReportDto;

    expect(fieldsOf('DayReport')).toEqual(Object.keys(report));
    expect(fieldsOf('ProductSales')).toEqual(Object.keys(report.products[0] ?? {}));
    expect(fieldsOf('HourSales')).toEqual(Object.keys(report.hours[0] ?? {}));
  });

  it.each(['Order', 'Product', 'Variation', 'Refund', 'AuditEntry', 'User', 'DayReport'])(
    'requires every field of %s',
    (schema) => {
      expect(schemas[schema]?.required.toSorted()).toEqual(fieldsOf(schema).toSorted());
    },
  );
});
