import { documentedOperations, type Operation } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];

describe('Requests in the OpenAPI document', () => {
  let app: TestApp;
  let guest: Person;
  let operations: Operation[];

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
    operations = await documentedOperations(app.url);
  });
  afterAll(() => app.close());

  function operationNamed(name: string): Operation {
    const operation = operations.find((operation) => operation.name === name);
    if (!operation) throw new Error(`${name} is not documented`);
    return operation;
  }

  it('contain a token URL that accepts a login', async () => {
    const { body } = await guest.get('/docs-json').expect(200);
    const { tokenUrl } = body.components.securitySchemes.oauth2.flows.password;
    const server = new URL(body.servers[0].url, `${app.url}/docs-json`);

    await guest
      .post(new URL(tokenUrl, server).pathname)
      .type('form')
      .send({ grant_type: 'password', username: 'manager@example.com', password: 'manager123' })
      .expect(200);
  });

  it.each(['POST /api/v1/orders', 'POST /api/v1/orders/{id}/refunds'])(
    'contain the optional Idempotency-Key of %s',
    (name) => {
      expect(operationNamed(name).parameters).toContainEqual(
        expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: false }),
      );
    },
  );

  it.each([
    ['GET /api/v1/menu', 'If-None-Match'],
    ['GET /api/v1/shop', 'If-None-Match'],
    ['GET /api/v1/orders/{id}', 'If-None-Match'],
    ['GET /api/v1/orders/{id}/refunds/{refund_id}', 'If-None-Match'],
    ['GET /api/v1/admin/products/{id}', 'If-None-Match'],
    ['GET /api/v1/admin/users/{id}', 'If-None-Match'],
    ['PATCH /api/v1/orders/{id}/status', 'If-Match'],
    ['POST /api/v1/orders/{id}/cancel', 'If-Match'],
    ['PATCH /api/v1/admin/products/{id}', 'If-Match'],
    ['DELETE /api/v1/admin/products/{id}', 'If-Match'],
    ['PUT /api/v1/admin/products/{id}/availability', 'If-Match'],
    ['PUT /api/v1/admin/products/{id}/variations/{variation_id}/availability', 'If-Match'],
    ['PATCH /api/v1/admin/users/{id}', 'If-Match'],
    ['PUT /api/v1/admin/shop/hours', 'If-Match'],
    ['PUT /api/v1/admin/shop/pause', 'If-Match'],
    ['DELETE /api/v1/admin/shop/pause', 'If-Match'],
    ['PUT /api/v1/admin/shop/limits', 'If-Match'],
  ])('contain of %s the optional %s', (name, header) => {
    expect(operationNamed(name).parameters).toContainEqual(
      expect.objectContaining({ name: header, in: 'header', required: false }),
    );
  });

  it.each([
    ['GET /api/v1/orders', ['limit', 'cursor', 'status']],
    ['GET /api/v1/admin/orders', ['limit', 'cursor', 'status', 'number', 'customer_id', 'from', 'to']],
  ])('contain the query of %s', (name, query) => {
    const { parameters } = operationNamed(name);

    expect(parameters?.map((parameter) => [parameter.name, parameter.in, parameter.required])).toEqual(
      query.map((parameter) => [parameter, 'query', false]),
    );
  });

  it.each([
    ['POST /api/v1/auth/token', 'IssueToken', FORMS],
    ['POST /api/v1/auth/revoke', 'RevokeToken', FORMS],
    ['POST /api/v1/auth/register', 'RegisterAccount', ['application/json']],
    ['POST /api/v1/auth/password', 'ChangeMyPassword', ['application/json']],
    ['POST /api/v1/admin/users', 'CreateUser', ['application/json']],
    ['PATCH /api/v1/admin/users/{id}', 'UpdateUser', ['application/json']],
    ['POST /api/v1/orders', 'PlaceOrder', ['application/json']],
    ['PATCH /api/v1/orders/{id}/status', 'ChangeOrderStatus', ['application/json']],
    ['POST /api/v1/orders/{id}/cancel', 'CancelOrder', ['application/json']],
    ['POST /api/v1/orders/{id}/refunds', 'RefundOrder', ['application/json']],
    ['POST /api/v1/admin/products', 'CreateProduct', ['application/json']],
    ['PATCH /api/v1/admin/products/{id}', 'UpdateProduct', ['application/json']],
    ['PUT /api/v1/admin/products/{id}/availability', 'SetAvailability', ['application/json']],
    [
      'PUT /api/v1/admin/products/{id}/variations/{variation_id}/availability',
      'SetAvailability',
      ['application/json'],
    ],
    ['PUT /api/v1/admin/shop/hours', 'SetShopHours', ['application/json']],
    ['PUT /api/v1/admin/shop/pause', 'PauseShop', ['application/json']],
    ['PUT /api/v1/admin/shop/limits', 'SetShopLimits', ['application/json']],
    ['POST /api/v1/admin/placements/{id}/resolve', 'ResolvePlacement', ['application/json']],
    ['POST /api/v1/admin/refunds/{id}/resolve', 'ResolveRefund', ['application/json']],
    ['POST /api/v1/admin/notifications/redrive', 'RedriveNotifications', ['application/json']],
  ])('contain the body of %s', (name, schema, types) => {
    const content = Object.entries(operationNamed(name).requestBody?.content ?? {});

    expect(content.map(([type, media]) => [type, media.schema])).toEqual(
      types.map((type) => [type, { $ref: `#/components/schemas/${schema}` }]),
    );
  });
});
