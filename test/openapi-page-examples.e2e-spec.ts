import type { OpenAPIObject } from '@nestjs/swagger';
import { pageDocument } from '../apps/api/openapi/page-document.js';
import { logIn } from './support/log-in.js';
import { prefilledRequest, type PageOperation } from './support/prefilled-request.js';
import { TestApp } from './support/test-app.js';
import type { Person } from './support/person.js';

const NOT_SENT = 'not sent: an id is to be filled in';
const NOT_OFFERED = 'not offered';

/** What comes of each task of the page if a manager executes it as it is prefilled: a status, with the code of a refusal. */
const OUTCOMES: Record<string, string> = {
  'GET /admin/board': '200',
  'GET /admin/board/stream': NOT_OFFERED,
  'PATCH /orders/{id}/status': NOT_SENT,
  'PUT /admin/products/{id}/availability': NOT_SENT,
  'PUT /admin/products/{id}/variations/{variation_id}/availability': NOT_SENT,
  'PUT /admin/shop/pause': '422 invalid_request',
  'DELETE /admin/shop/pause': '204',
  'POST /orders': '201',
  'GET /orders': '200',
  'GET /orders/{id}': NOT_SENT,
  'GET /orders/{id}/timeline': NOT_SENT,
  'GET /orders/{id}/stream': NOT_OFFERED,
  'POST /orders/{id}/cancel': NOT_SENT,
  'GET /admin/orders': '200',
  'POST /orders/{id}/refunds': NOT_SENT,
  'GET /orders/{id}/refunds': NOT_SENT,
  'GET /orders/{id}/refunds/{refund_id}': NOT_SENT,
  'GET /admin/placements': '200',
  'GET /admin/placements/{id}': NOT_SENT,
  'POST /admin/placements/{id}/resolve': NOT_SENT,
  'GET /admin/refunds': '200',
  'POST /admin/refunds/{id}/resolve': NOT_SENT,
  'GET /menu': '200',
  'POST /admin/products': '201',
  'GET /admin/products/{id}': '200',
  'PATCH /admin/products/{id}': '200',
  'DELETE /admin/products/{id}': NOT_SENT,
  'GET /shop': '200',
  'PUT /admin/shop/hours': '422 invalid_request',
  'PUT /admin/shop/limits': '422 invalid_request',
  'POST /auth/token': '200',
  'POST /auth/revoke': '200',
  'POST /auth/register': '422 invalid_request',
  'GET /auth/me': '200',
  'POST /auth/password': '422 invalid_request',
  'POST /auth/stream-ticket': '201',
  'GET /admin/users': '200',
  'POST /admin/users': '422 invalid_request',
  'GET /admin/users/{id}': '200',
  'PATCH /admin/users/{id}': NOT_SENT,
  'GET /admin/reports/days/{date}': '200',
  'GET /admin/audit': '200',
  'GET /admin/notifications': '200',
  'POST /admin/notifications/redrive': '200',
  'POST /admin/notifications/{id}/redrive': NOT_SENT,
  'GET /': '200',
  'GET /health/live': '200',
  'GET /health/ready': '200',
};
/** The bodies whose values would decide about money or a setting; each waits for an id, or is refused until it is completed. */
const TO_FILL_IN = [
  ['POST', '/orders/{id}/refunds'],
  ['POST', '/admin/placements/{id}/resolve'],
  ['POST', '/admin/refunds/{id}/resolve'],
] as const;
const SOME_ID = '7c0f7f0e-5a2b-4c37-8f7e-0d6f2d1c9b1a';

describe('The tasks of the page at /docs, as they are prefilled', () => {
  let app: TestApp;
  let manager: Person;
  let operations: PageOperation[];
  const outcomes: Record<string, string> = {};

  beforeAll(async () => {
    app = await TestApp.start();
    manager = await logIn(app.url, 'manager');
    operations = await pageOperations();
    for (const operation of operations)
      outcomes[operation.name.replace('/api/v1', '')] = await execute(operation);
  });
  afterAll(() => app.close());

  it.each(Object.entries(OUTCOMES))('%s: %s', (name, outcome) => {
    expect(outcomes[name]).toBe(outcome);
  });

  it('have no others among them', () => {
    expect(Object.keys(outcomes).toSorted()).toEqual(Object.keys(OUTCOMES).toSorted());
  });

  it('change nothing but the menu and the orders, which they say', async () => {
    const { body } = await manager.get('/api/v1/admin/audit').expect(200);

    expect(body.map(({ action }: { action: string }) => action)).toEqual(['product.create']);
  });

  it('ask for refusals in words', async () => {
    const { body } = await manager.put('/api/v1/admin/shop/limits', { max_open_orders: 0 }).expect(422);

    expect(body.errors).toEqual([
      { field: 'max_open_orders', message: 'max_open_orders must not be less than 1' },
    ]);
  });

  it.each(TO_FILL_IN)('%s %s decide nothing when only the id is filled in', async (method, path) => {
    const operation = operations.find(({ name }) => name === `${method} /api/v1${path}`);
    const { body } = await manager
      .post(`/api/v1${path.replace('{id}', SOME_ID)}`, operation && prefilledRequest(operation).body)
      .expect(422);

    expect(body.errors.length).toBeGreaterThan(0);
  });

  it.each(['POST /orders', 'POST /admin/products'])('%s waits in production for its body', async (name) => {
    const { body: document } = await app.anonymous().get('/docs-json').expect(200);
    const page = pageDocument(document, { apiPrefix: '/api/v1', isProduction: true });
    const operation = operationsOf(page).find((known) => known.name === name.replace('/', '/api/v1/'));
    if (!operation) throw new Error(`The page has no ${name}`);

    expect(await execute(operation)).toBe('422 invalid_request');
  });

  /** Returns the operations of the document that the page contains. */
  async function pageOperations(): Promise<PageOperation[]> {
    const { text } = await app.anonymous().get('/docs/swagger-ui-init.js').expect(200);
    const [, json = ''] = /"swaggerDoc": (\{.*\}),\n  "customOptions"/s.exec(text) ?? [];
    return operationsOf(JSON.parse(json));
  }

  function operationsOf({ paths, components }: OpenAPIObject): PageOperation[] {
    return Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(Object(item) as Record<string, object>).map(([method, operation]) =>
        Object.assign({}, operation, {
          name: `${method.toUpperCase()} ${path}`,
          method,
          path,
          schemas: Object(components?.schemas),
        }),
      ),
    );
  }

  async function execute(operation: PageOperation): Promise<string> {
    if (operation.path.endsWith('/stream')) return NOT_OFFERED;
    const { path, body, isForm } = prefilledRequest(operation);
    if (path === undefined) return NOT_SENT;
    const request = {
      get: () => manager.get(path),
      post: () => manager.post(path, body).type(isForm ? 'form' : 'json'),
      put: () => manager.put(path, body),
      patch: () => manager.patch(path, body),
      delete: () => manager.delete(path),
    }[operation.method];
    if (!request) throw new Error(`The page has no ${operation.method}`);
    const response = await request();
    return [response.status, ...(response.status < 400 ? [] : [response.body.code])].join(' ');
  }
});
