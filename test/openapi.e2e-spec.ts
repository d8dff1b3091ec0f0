import { PUBLIC_ROUTES, ROUTES } from './openapi/routes.js';
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
    for (const status of errors) expect([status, responses[status]?.content]).toEqual([status, PROBLEM]);
    for (const { description } of Object.values(responses)) expect(description).toMatch(/\w/);
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

  it('requires a login or a token, or a ticket for a stream, except for the public routes, which say so', async () => {
    const { body } = await guest.get('/docs-json').expect(200);

    expect(body.components.securitySchemes).toEqual({
      oauth2: { type: 'oauth2', flows: { password: { tokenUrl: 'api/v1/auth/token', scopes: {} } } },
      bearer: expect.objectContaining({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }),
      ticket: expect.objectContaining({ type: 'apiKey', in: 'query', name: 'ticket' }),
    });
    const [token, ticket] = [[{ oauth2: [] }, { bearer: [] }], { ticket: [] }];
    for (const { name, security } of operations) {
      const streamOrOther = name.endsWith('/stream') ? [ticket, ...token] : token;
      expect([name, security]).toEqual([name, PUBLIC_ROUTES.includes(name) ? [] : streamOrOther]);
    }
  });

  it.each([429, 503])('requires Retry-After of each %i', (status) => {
    const headers = operations.flatMap(({ responses }) => responses[status]?.headers?.['Retry-After'] ?? []);

    expect(headers.map(({ required }) => required)).toEqual(headers.map(() => true));
  });

  it('contains whole events as the example of each stream', () => {
    const examples = operations.flatMap(
      ({ responses }) => responses[200]?.content?.['text/event-stream'] ?? [],
    );

    expect(examples).toHaveLength(2);
    for (const { example } of examples)
      for (const [, json = ''] of String(example).matchAll(/^data: (.*)$/gm))
        expect(JSON.parse(json)).toEqual(expect.any(Object));
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
