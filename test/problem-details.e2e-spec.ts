import { connect } from 'node:net';
import { once } from 'node:events';
import type { Test } from 'supertest';
import type { Person } from './support/person.js';
import { TestShop } from './support/shop.js';

const TABLES = ['orders', 'order_placements', 'idempotency_keys', 'products', 'notifications'];

describe('a request that does not fit', () => {
  let shop: TestShop;
  let ana: Person;
  let manager: Person;
  let line: { product_id: string; variation_id: string; quantity: number };
  let before: unknown;

  beforeAll(async () => {
    shop = await TestShop.open();
    [ana, manager] = await Promise.all([shop.customer(), shop.manager()]);
    const [latte] = (await ana.orderFor(['Latte', 'Vanilla'])).items;
    if (!latte) throw new Error('No latte');
    line = latte;
    before = await rows();
  });
  afterEach(async () => {
    expect(await rows()).toEqual(before);
    expect(shop.payments.requests).toEqual([]);
  });
  afterAll(() => shop.close());

  it('is answered with problem details that name the request and every field at fault', async () => {
    const body = { items: [{ ...line, quantity: 0, price: 1 }], coupon: 'x' };

    const response = await ana.post('/api/v1/orders?a=b', body).expect(422);

    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.body).toEqual({
      type: expect.stringMatching(/invalid_request$/),
      title: 'Unprocessable Entity',
      status: 422,
      detail: expect.stringContaining('quantity'),
      instance: '/api/v1/orders',
      code: 'invalid_request',
      request_id: response.headers['x-request-id'],
      errors: [
        { field: 'coupon', message: expect.any(String) },
        { field: 'items.0.price', message: expect.any(String) },
        { field: 'items.0.quantity', message: expect.any(String) },
      ],
    });
  });

  it.each([
    ['no items', {}, 'items'],
    ['an empty list', { items: [] }, 'items'],
    ['items that are no list', { items: {} }, 'items'],
    ['lines that are no objects', { items: ['latte'] }, 'items'],
    ['lines that are lists', { items: [[]] }, 'items'],
  ])('is 422 for an order with %s', async (_, body, field) => {
    await expectInvalid(ana.post('/api/v1/orders', body), field);
  });

  it('is 422 for an order of 51 lines, and of 1000', async () => {
    await expectInvalid(ana.post('/api/v1/orders', { items: Array(51).fill(line) }), 'items');
    await expectInvalid(ana.post('/api/v1/orders', { items: Array(600).fill({ quantity: 1 }) }), 'items');
  });

  it.each([0, -1, 1.5, 101, 1e9, 2 ** 53, '2', null, true, [1]])(
    'is 422 for a quantity of %j',
    async (quantity) => {
      await expectInvalid(ana.post('/api/v1/orders', { items: [{ ...line, quantity }] }), 'items.0.quantity');
    },
  );

  it.each(['latte', "' OR 1=1--", '', 42, null, undefined])('is 422 for a product_id of %j', async (id) => {
    await expectInvalid(
      ana.post('/api/v1/orders', { items: [{ ...line, product_id: id }] }),
      'items.0.product_id',
    );
  });

  it.each([-1, 1.5, '450', 2 ** 31, [450], true])('is 422 for a total_cents of %j', async (total) => {
    await expectInvalid(ana.post('/api/v1/orders', { items: [line], total_cents: total }), 'total_cents');
  });

  it.each([
    ['a list', []],
    ['text', 'x'],
    ['a number', 1],
    ['more than 4 KB', { note: 'x'.repeat(4096) }],
  ])('is 422 for metadata that is %s', async (_, metadata) => {
    await expectInvalid(ana.post('/api/v1/orders', { items: [line], metadata }), 'metadata');
  });

  it.each(['status', 'customer_id', 'id', 'payment', 'created_at', 'constructor', 'toString'])(
    'is 422 for a foreign field: %s',
    async (field) => {
      await expectInvalid(ana.post('/api/v1/orders', { items: [line], [field]: 'x' }), field);
    },
  );

  it.each([
    ['__proto__ in the body', '{"__proto__": {"role": "manager"}, "items": []}', 'body'],
    ['__proto__ in metadata', '{"items": [], "metadata": {"a": {"__proto__": 1}}}', 'metadata.a'],
    ['NUL in text', '{"items": [], "metadata": {"a": "b\\u0000"}}', 'metadata.a'],
    ['NUL in a name', '{"items": [], "metadata": {"b\\u0000": 1}}', 'metadata'],
    ['an unpaired surrogate', '{"items": [], "metadata": {"a": ["\\ud800"]}}', 'metadata.a.0'],
  ])('is 422 for %s', async (_, body, field) => {
    await expectInvalid(ana.post('/api/v1/orders', body), field);
  });

  it('is 422 for nesting that no honest client sends', async () => {
    for (const depth of [40, 40_000]) {
      await ana
        .post('/api/v1/orders', `{"items":[],"metadata":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`)
        .expect(depth > 1_000 ? 413 : 422);
      await ana.post('/api/v1/orders', `{"items":${'['.repeat(depth)}${']'.repeat(depth)}}`).expect(422);
    }
  });

  it.each(['null', '[]', '"x"', '1', 'true', ''])('is 422 for the body %j', async (body) => {
    await expectInvalid(ana.post('/api/v1/orders', body), body === '' || body === 'null' ? 'items' : 'body');
  });

  it.each(['{', '{"items":[],}', '{"items":[NaN]}', "{'items':[]}", '\ufeff{'])(
    'is 400 for %j, which is not JSON',
    async (body) => {
      await ana.post('/api/v1/orders', body).expect(400);
    },
  );

  it('is 400 for broken UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"items":[],"metadata":{"a":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}}'),
    ]);
    expect(await raw('application/json', body)).toBe(400);
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/vnd.api+json',
  ])('is 415 for a body that says it is %s', async (type) => {
    expect(await raw(type, Buffer.from('{"items":[]}'))).toBe(415);
  });

  it('is 415 for a compressed body', async () => {
    expect(
      await raw('application/json', Buffer.from([0x1f, 0x8b, 0x08]), { 'Content-Encoding': 'gzip' }),
    ).toBe(415);
  });

  it('is 413 for a body of more than 100 KB', async () => {
    await ana.post('/api/v1/orders', { items: [line], metadata: { a: 'x'.repeat(110_000) } }).expect(413);
    await ana.post('/api/v1/orders', { items: [line], metadata: { a: 'x'.repeat(10_000_000) } }).expect(413);
  });

  it.each(['not-a-uuid', '..%2fadmin', '%00', '1', '0'.repeat(4_000)])(
    'is 422 for the order id %s',
    async (id) => {
      await expectInvalid(ana.get(`/api/v1/orders/${id}`), 'id');
      await expectInvalid(manager.patch(`/api/v1/orders/${id}/status`, { status: 'ready' }), 'id');
    },
  );

  it('is 400 for a path that is not correctly encoded', async () => {
    await ana.get('/api/v1/orders/%zz').expect(400);
  });

  it.each(['/nowhere', '/api/v1/nowhere', '/api/v1', '/api/v2/menu', '/docs-jsonx'])(
    'is 404 as problem details for %s',
    async (path) => {
      const { body } = await ana.get(path).expect(404);
      expect(body).toMatchObject({ status: 404, code: 'not_found', instance: path });
    },
  );

  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=-1'],
    ['limit', 'limit=abc'],
    ['limit', 'limit=1e9'],
    ['limit', 'limit=1&limit=2'],
    ['cursor', 'cursor=garbage'],
    ['cursor', 'cursor='],
    ['status', 'status=foo'],
    ['status', 'status=ready&status=waiting'],
    ['page', 'page=2'],
  ])('is 422 for the list of orders with a bad %s: %s', async (field, query) => {
    await expectInvalid(manager.get(`/api/v1/admin/orders?${query}`), field);
  });

  it('is refused by HTTP itself where it is not HTTP', async () => {
    const { hostname, port } = new URL(shop.url);
    const socket = connect(Number(port), hostname);
    socket.end('POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}');
    const [answer] = (await once(socket, 'data')) as [Buffer];

    expect(answer.toString()).toMatch(/^HTTP\/1.1 400/);
  });

  it('is named by the id that the client gave it, where that is harmless', async () => {
    const given = await ana.get('/api/v1/nowhere').set('X-Request-Id', 'till-4.order_17');
    expect(given.body.request_id).toBe('till-4.order_17');

    const replaced = await ana.get('/api/v1/nowhere').set('X-Request-Id', 'a b"\\');
    expect(replaced.body.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells nobody between what it was answered, and lets no foreign page read it', async () => {
    const { headers } = await ana.get('/api/v1/nowhere').set('Origin', 'https://evil.example');

    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    });
  });

  async function rows(): Promise<unknown> {
    return shop.database.query(
      `SELECT ${TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')}`,
    );
  }

  /** Sends bytes as they are, and answers the status. */
  async function raw(type: string, body: Buffer, headers: Record<string, string> = {}): Promise<number> {
    const { status } = await fetch(`${shop.url}/api/v1/orders`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${ana.token ?? ''}`, 'Content-Type': type, ...headers },
      body: Uint8Array.from(body),
    });
    return status;
  }

  async function expectInvalid(sending: Test, field: string): Promise<void> {
    const { body } = await sending.expect(422);
    expect((body as { errors: { field: string }[] }).errors.map((error) => error.field)).toContain(field);
  }
});

describe('a fault of our own', () => {
  it('is told as 500 without any detail of it, under an id that the log has too', async () => {
    const shop = await TestShop.open();
    const ana = await shop.customer();
    await shop.database.query('ALTER TABLE orders RENAME TO mislaid');

    const { body, headers } = await ana
      .get('/api/v1/orders/00000000-0000-0000-0000-000000000000')
      .expect(500);

    expect(body).toMatchObject({ code: 'internal_error', request_id: headers['x-request-id'] });
    expect(JSON.stringify(body)).not.toMatch(/relation|select|query|stack/i);
    await shop.close();
  });
});
