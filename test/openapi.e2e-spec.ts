import { documentedOperations, type Operation } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PROBLEM = {
  'application/problem+json': expect.objectContaining({
    schema: {
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        {
          type: 'object',
          required: ['code'],
          properties: expect.objectContaining({ code: { type: 'string', enum: expect.any(Array) } }),
        },
      ],
    },
  }),
};

/** For each route its successful responses with their schemas ('' for no body) and its error statuses. */
const ROUTES: Record<string, [success: Record<string, string>, errors: number[]]> = {
  'GET /': [{ 200: 'Links' }, []],
  'GET /health/live': [{ 200: 'Health' }, []],
  'GET /health/ready': [{ 200: 'Health' }, [503]],
  'GET /api/v1/menu': [{ 200: 'Menu', 304: '' }, []],
  'GET /api/v1/shop': [{ 200: 'Shop', 304: '' }, [503]],
  'POST /api/v1/auth/token': [{ 200: 'Token' }, [400, 401, 413, 415, 422, 429]],
  'POST /api/v1/auth/revoke': [{ 200: '' }, [400, 413, 415, 422]],
  'POST /api/v1/auth/register': [{ 201: 'Account' }, [400, 409, 413, 415, 422, 429, 503]],
  'GET /api/v1/auth/me': [{ 200: 'Account' }, [401]],
  'POST /api/v1/auth/password': [{ 204: '' }, [400, 401, 413, 415, 422, 429, 503]],
  'POST /api/v1/auth/stream-ticket': [{ 201: 'StreamTicket' }, [401, 503]],
  'POST /api/v1/orders': [{ 200: 'Order', 201: 'Order' }, [400, 401, 402, 403, 409, 413, 415, 422, 503]],
  'GET /api/v1/orders': [{ 200: '[Order]' }, [401, 422]],
  'GET /api/v1/orders/{id}': [{ 200: 'Order', 304: '' }, [400, 401, 404, 422]],
  'PATCH /api/v1/orders/{id}/status': [{ 200: 'Order' }, [400, 401, 403, 404, 412, 415, 422]],
  'GET /api/v1/orders/{id}/timeline': [{ 200: '[OrderEvent]' }, [400, 401, 404, 422]],
  'GET /api/v1/orders/{id}/stream': [{ 200: '' }, [400, 401, 404, 422]],
  'POST /api/v1/orders/{id}/cancel': [{ 200: 'Order' }, [400, 401, 404, 409, 412, 415, 422]],
  'POST /api/v1/orders/{id}/refunds': [{ 200: 'Refund', 201: 'Refund' }, [400, 401, 403, 404, 409, 415, 422]],
  'GET /api/v1/orders/{id}/refunds': [{ 200: '[Refund]' }, [400, 401, 403, 404, 422]],
  'GET /api/v1/orders/{id}/refunds/{refund_id}': [{ 200: 'Refund', 304: '' }, [400, 401, 403, 404, 422]],
  'GET /api/v1/admin/users': [{ 200: '[User]' }, [401, 403, 422]],
  'POST /api/v1/admin/users': [{ 201: 'User' }, [400, 401, 403, 409, 415, 422, 503]],
  'GET /api/v1/admin/users/{id}': [{ 200: 'User', 304: '' }, [400, 401, 403, 404, 422]],
  'PATCH /api/v1/admin/users/{id}': [{ 200: 'User' }, [400, 401, 403, 404, 409, 412, 415, 422]],
  'GET /api/v1/admin/board': [{ 200: 'Board' }, [401, 403]],
  'GET /api/v1/admin/board/stream': [{ 200: '' }, [401, 403]],
  'GET /api/v1/admin/orders': [{ 200: '[Order]' }, [401, 403, 422]],
  'POST /api/v1/admin/products': [{ 201: 'Product' }, [400, 401, 403, 409, 415, 422]],
  'GET /api/v1/admin/products/{id}': [{ 200: 'Product', 304: '' }, [400, 401, 403, 404, 422]],
  'PATCH /api/v1/admin/products/{id}': [{ 200: 'Product' }, [400, 401, 403, 404, 409, 412, 415, 422]],
  'DELETE /api/v1/admin/products/{id}': [{ 204: '' }, [400, 401, 403, 404, 412, 422]],
  'PUT /api/v1/admin/products/{id}/availability': [{ 200: 'Product' }, [400, 401, 403, 404, 412, 415, 422]],
  'PUT /api/v1/admin/products/{id}/variations/{variation_id}/availability': [
    { 200: 'Product' },
    [400, 401, 403, 404, 412, 415, 422],
  ],
  'PUT /api/v1/admin/shop/hours': [{ 200: 'Shop' }, [400, 401, 403, 412, 413, 415, 422]],
  'PUT /api/v1/admin/shop/pause': [{ 200: 'Shop' }, [400, 401, 403, 412, 413, 415, 422]],
  'DELETE /api/v1/admin/shop/pause': [{ 204: '' }, [401, 403, 412]],
  'PUT /api/v1/admin/shop/limits': [{ 200: 'Shop' }, [400, 401, 403, 412, 413, 415, 422]],
  'GET /api/v1/admin/placements': [{ 200: '[Placement]' }, [401, 403, 422]],
  'GET /api/v1/admin/placements/{id}': [{ 200: 'Placement' }, [400, 401, 403, 404, 422]],
  'POST /api/v1/admin/placements/{id}/resolve': [{ 200: 'Placement' }, [400, 401, 403, 404, 409, 415, 422]],
  'GET /api/v1/admin/refunds': [{ 200: '[AdminRefund]' }, [401, 403, 422]],
  'POST /api/v1/admin/refunds/{id}/resolve': [{ 200: 'AdminRefund' }, [400, 401, 403, 404, 409, 415, 422]],
  'GET /api/v1/admin/notifications': [{ 200: '[Notification]' }, [401, 403, 422]],
  'POST /api/v1/admin/notifications/redrive': [{ 200: 'RedriveResult' }, [400, 401, 403, 415, 422]],
  'POST /api/v1/admin/notifications/{id}/redrive': [{ 200: 'Notification' }, [400, 401, 403, 404, 409, 422]],
  'GET /api/v1/admin/reports/days/{date}': [{ 200: 'DayReport' }, [400, 401, 403, 422]],
  'GET /api/v1/admin/audit': [{ 200: '[AuditEntry]' }, [401, 403, 422]],
};
const PUBLIC_ROUTES = [
  'GET /',
  'GET /health/live',
  'GET /health/ready',
  'GET /api/v1/menu',
  'GET /api/v1/shop',
  'POST /api/v1/auth/token',
  'POST /api/v1/auth/revoke',
  'POST /api/v1/auth/register',
];

/** An entry of Express's router. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

describe('The OpenAPI document', () => {
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

  it('contains exactly the expected routes', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  it('contains every route that the API serves', () => {
    const { router } = app.api.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const served = router.stack.flatMap(({ route }) =>
      Object.keys(route?.methods ?? {}).map(
        (method) => `${method.toUpperCase()} ${String(route?.path).replaceAll(/:(\w+)/g, '{$1}')}`,
      ),
    );

    expect(served.filter((name) => !/^GET \/(docs|board)/.test(name)).toSorted()).toEqual(
      Object.keys(ROUTES).toSorted(),
    );
  });

  it.each(Object.entries(ROUTES))('contains the responses of %s', (name, [success, errors]) => {
    const { responses } = operationNamed(name);

    for (const [status, type] of Object.entries(success))
      if (type) expect([status, typeOf(responses[status])]).toEqual([status, type]);
    for (const status of errors) {
      expect([status, responses[status]?.content]).toEqual([status, PROBLEM]);
      expect(responses[status]?.description).toMatch(/\S/);
    }
    const successful = Object.keys(responses).filter((status) => Number(status) < 400);
    expect(successful).toEqual(Object.keys(success));
  });

  it('contains complete problem details as the example of each error', () => {
    const examples = operations.flatMap(({ name, responses }) =>
      Object.entries(responses).flatMap(([status, { content }]) =>
        Object.entries(content?.['application/problem+json']?.examples ?? {}).map(([code, { value }]) => ({
          expected: [name, Number(status), code],
          actual: [name, value.status, value.code],
          value,
        })),
      ),
    );

    expect(examples.length).toBeGreaterThan(20);
    for (const { expected, actual, value } of examples) {
      expect(actual).toEqual(expected);
      expect(Object.keys(value)).toEqual(
        expect.arrayContaining(['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id']),
      );
      if (value.code === 'invalid_request')
        expect(value.errors).toEqual([{ field: expect.any(String), message: expect.any(String) }]);
    }
  });

  it('resolves each of its references', async () => {
    const { body, text } = await guest.get('/docs-json').expect(200);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);

    expect(references.length).toBeGreaterThan(10);
    expect(text.match(/"\$ref"/g)).toHaveLength(references.length);
    for (const reference of references) expect(body).toHaveProperty(reference.split('/'));
  });

  it('requires a login or a token for every route except the public ones, which say so', async () => {
    const { body } = await guest.get('/docs-json').expect(200);

    expect(body.components.securitySchemes).toEqual({
      oauth2: { type: 'oauth2', flows: { password: { tokenUrl: 'api/v1/auth/token', scopes: {} } } },
      bearer: expect.objectContaining({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }),
    });
    const either = [{ oauth2: [] }, { bearer: [] }];
    for (const { name, security } of operations)
      expect([name, security]).toEqual([name, PUBLIC_ROUTES.includes(name) ? [] : either]);
  });

  it.each([
    ['X-Request-Id', /./],
    ['WWW-Authenticate', /^401$/],
    ['Retry-After', /^(429|503)$/],
    ['ETag', /^304$/],
  ])('contains the header %s of every response with a status like %s', (header, statuses) => {
    const without = operations.flatMap(({ name, responses }) =>
      Object.entries(responses)
        .filter(([status, { headers }]) => statuses.test(status) && !headers?.[header])
        .map(([status]) => `${name} ${status}`),
    );

    expect(without).toEqual([]);
  });
});

/** Returns the name of the schema, in brackets for an array of it, or '' if there is no body. */
function typeOf(response?: Operation['responses'][string]): string | undefined {
  if (!response) return undefined;
  const schema = response.content?.['application/json']?.schema;
  if (!schema) return '';
  const nameOf = (ref = ''): string => ref.replace('#/components/schemas/', '');
  return schema.type === 'array' ? `[${nameOf(schema.items?.$ref)}]` : (schema.type ?? nameOf(schema.$ref));
}
