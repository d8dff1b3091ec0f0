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

    expect(fieldsOf('OrderDto')).toEqual(Object.keys(order));
    expect(fieldsOf('OrderItemDto')).toEqual(Object.keys(order.items[0] ?? {}));
    expect(fieldsOf('PaymentDto')).toEqual(Object.keys(order.payment));
  });

  it('contains every field of a user', async () => {
    const manager = await app.manager();
    const user = { email: 'eve@example.com', role: 'barista', password: 'three blue cups of tea' };
    const created = await manager.post('/api/v1/admin/users', user).expect(201);
    const account = await manager.get('/api/v1/auth/me').expect(200);

    expect(fieldsOf('UserDto')).toEqual(Object.keys(created.body as object));
    expect(fieldsOf('AccountDto')).toEqual(Object.keys(account.body as object));
  });

  it('contains every field of a product', async () => {
    const [product] = (await app.anonymous().get('/api/v1/menu').expect(200)).body.products;

    expect(fieldsOf('ProductDto').toSorted()).toEqual(Object.keys(product as object).toSorted());
    expect(fieldsOf('VariationDto').toSorted()).toEqual(
      Object.keys(product.variations[0] as object).toSorted(),
    );
  });

  it('contains every field of a refund', async () => {
    const [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const refund = { amount_cents: 100, reason: 'quality' };
    const created = await manager.post(`/api/v1/orders/${id}/refunds`, refund).expect(201);

    expect(fieldsOf('RefundDto')).toEqual(Object.keys(created.body as object));
  });

  it('contains every field of a day report', async () => {
    const ana = await app.customer();
    const day = (await ana.placeOrder(['Latte', 'Vanilla'])).created_at.slice(0, 10);
    const { body } = await (await app.manager()).get(`/api/v1/admin/reports/days/${day}`).expect(200);
    const report = body as DayReportDto;

    expect(fieldsOf('DayReportDto')).toEqual(Object.keys(report));
    expect(fieldsOf('ProductSalesDto')).toEqual(Object.keys(report.products[0] ?? {}));
    expect(fieldsOf('HourSalesDto')).toEqual(Object.keys(report.hours[0] ?? {}));
  });

  it.each([
    'OrderDto',
    'ProductDto',
    'VariationDto',
    'RefundDto',
    'AuditEntryDto',
    'UserDto',
    'DayReportDto',
  ])('requires every field of %s', (schema) => {
    expect(schemas[schema]?.required.toSorted()).toEqual(fieldsOf(schema).toSorted());
  });
});
