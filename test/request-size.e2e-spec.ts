import type { Person } from './support/person.js';
import { RawConnection } from './support/raw-connection.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const PRODUCTS = '/api/v1/admin/products';
const ORDER_LIMIT = 32 * 1024;
/** A chunk of 16 KB. */
const CHUNK = `4000\r\n${'x'.repeat(0x4000)}\r\n`;

/** A JSON list. */
function list(length: number, element = '{}'): string {
  return `[${Array.from({ length }, () => element).join()}]`;
}

/** The text of a JSON object with this many members. */
function object(members: number): string {
  return `{${Array.from({ length: members }, (_, index) => `"f${index}":1`).join()}}`;
}

function parameters(count: number): string {
  return Array.from({ length: count }, (_, index) => `f${index}=1`).join('&');
}

let app: TestApp;
let ana: Person;
let manager: Person;

beforeAll(async () => {
  app = await TestApp.start();
  [ana, manager] = await Promise.all([app.customer(), app.manager()]);
});
afterAll(() => app.close());

describe('A large request', () => {
  it.each([
    ['51 lines', () => ana.post(ORDERS, `{"items":${list(51)}}`), 'items'],
    ['21 members', () => ana.post(ORDERS, object(21)), 'body'],
    ['a line with 21 members', () => ana.post(ORDERS, `{"items":[{},${object(21)}]}`), 'items.1'],
    [
      '101 variations',
      () => manager.post(PRODUCTS, `{"name":"A","base_price_cents":1,"variations":${list(101)}}`),
      'variations',
    ],
    [
      '101 variations of a changed product',
      () => manager.patch(`${PRODUCTS}/00000000-0000-0000-0000-000000000000`, `{"variations":${list(101)}}`),
      'variations',
    ],
    ['21 parameters', () => manager.get(`/api/v1/admin/orders?${parameters(21)}`), 'query'],
  ])('with %s is refused by its count alone', async (_, send, field) => {
    const { body } = await send().expect(422);

    expect(body.errors).toEqual([
      { field, message: expect.stringMatching(new RegExp(`^${field} must not`)) },
    ]);
  });

  it('may have many members in its metadata', async () => {
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const metadata = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`field ${index}`, [index]]),
    );

    const { body } = await ana.post(ORDERS, { ...order, metadata }).expect(201);

    expect(body.metadata).toEqual(metadata);
  });

  it.each([
    ['an order', ORDERS, 32],
    ['a product', PRODUCTS, 128],
  ])('for %s is refused beyond its limit', async (_, path, kilobytes) => {
    const text = (bytes: number): string => `{"x":"${'x'.repeat(bytes - 8)}"}`;

    await manager.post(path, text(kilobytes * 1024)).expect(422);
    await manager.post(path, text(kilobytes * 1024 + 1)).expect(413);
  });

  it('may be the largest product', async () => {
    const variations = Array.from({ length: 100 }, (_, index) => ({
      name: `${index} ${'\u{1f375}'.repeat(252)}`,
      price_change_cents: -1_000_000_000,
    }));
    const product = { name: '\u{1f375}'.repeat(255), base_price_cents: 2_000_000_000, variations };

    await manager.post(PRODUCTS, product).expect(201);
  });

  it.each([
    [401, () => app.anonymous().post(ORDERS, 'x'.repeat(200_000))],
    [403, () => ana.post(PRODUCTS, 'x'.repeat(200_000))],
  ])('is refused with %i before it is read', async (status, send) => {
    await send().expect(status);
  });
});

describe('A body that is too large', () => {
  let connection: RawConnection;

  beforeEach(async () => {
    connection = await RawConnection.open(app.url);
  });
  afterEach(() => connection.hangUp());

  /** Returns the header of an order, with one more field. */
  function header(field: string): string {
    return [
      `POST ${ORDERS} HTTP/1.1`,
      'Host: shop',
      `Authorization: Bearer ${ana.token ?? ''}`,
      'Content-Type: application/json',
      `${field}\r\n\r\n`,
    ].join('\r\n');
  }

  it('is refused by its Content-Length alone', async () => {
    connection.write(header('Content-Length: 1000000000'));

    expect(await connection.readUntil('"code":')).toContain('413 Payload Too Large');
  });

  it('is refused without its end if it comes in chunks', async () => {
    connection.write(header('Transfer-Encoding: chunked') + CHUNK.repeat(3));

    expect(await connection.readUntil('"code":')).toContain('413 Payload Too Large');
  });

  it.each([
    [`Content-Length: ${ORDER_LIMIT + 1}`, 'x'.repeat(ORDER_LIMIT + 1)],
    ['Transfer-Encoding: chunked', `${CHUNK.repeat(4)}0\r\n\r\n`],
  ])('with %s leaves the connection usable after its end', async (field, body) => {
    connection.write(header(field) + body);
    await connection.readUntil('payload_too_large');

    connection.write('GET /health/live HTTP/1.1\r\nHost: shop\r\n\r\n');

    await connection.readUntil('HTTP/1.1 200 OK');
  });
});
