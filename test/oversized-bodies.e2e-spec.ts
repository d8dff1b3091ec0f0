import type { Person } from './support/person.js';
import { RawConnection } from './support/raw-connection.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const LIMIT = 32 * 1024;
/** A chunk of 16 KB. */
const CHUNK = `4000\r\n${'x'.repeat(0x4000)}\r\n`;

describe('A body that is too large', () => {
  let app: TestApp;
  let ana: Person;
  let connection: RawConnection;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  beforeEach(async () => {
    connection = await RawConnection.open(app.url);
  });
  afterEach(() => connection.hangUp());
  afterAll(() => app.close());

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
    [`Content-Length: ${LIMIT + 1}`, 'x'.repeat(LIMIT + 1)],
    ['Transfer-Encoding: chunked', `${CHUNK.repeat(4)}0\r\n\r\n`],
  ])('with %s leaves the connection usable after its end', async (field, body) => {
    connection.write(header(field) + body);
    await connection.readUntil('payload_too_large');

    connection.write('GET /health/live HTTP/1.1\r\nHost: shop\r\n\r\n');

    await connection.readUntil('HTTP/1.1 200 OK');
  });
});
