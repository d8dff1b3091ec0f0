import { setTimeout as sleep } from 'node:timers/promises';
import { RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const GET_MENU = 'GET /api/v1/menu HTTP/1.1\r\nHost: localhost\r\n\r\n';
const UNFINISHED_HEADER = 'GET /api/v1/menu HTTP/1.1\r\nHost: loc';
const UNFINISHED_BODY =
  'POST /api/v1/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nu';
const LIMITS = { headersTimeoutMs: 300, requestTimeoutMs: 600, checkIntervalMs: 50 };
const KEEP_ALIVE_TIMEOUT_MS = 2_000;

describe('a connection', () => {
  let app: TestApp;

  beforeAll(async () => {
    const environment = { KEEP_ALIVE_TIMEOUT_MS: String(KEEP_ALIVE_TIMEOUT_MS) };
    app = await TestApp.start(environment, undefined, LIMITS);
  });
  afterAll(() => app.close());

  it('may be idle before its first request for longer than a header may take', async () => {
    const connection = await RawConnection.open(app.url);
    // Only time passes: nothing happens that could be awaited.
    await sleep(3 * LIMITS.headersTimeoutMs);

    expect(await connection.write(GET_MENU).readUntil('"products"')).toMatch(/^HTTP\/1\.1 200/);
    connection.hangUp();
  });

  it.each([
    ['before its first request', ''],
    ['after a response', GET_MENU],
  ])('that is idle %s is closed after KEEP_ALIVE_TIMEOUT_MS', async (_, bytes) => {
    const connection = await RawConnection.open(app.url);
    const openedAt = performance.now();

    const text = await connection.write(bytes).readToEnd();

    expect(performance.now() - openedAt).toBeGreaterThan(KEEP_ALIVE_TIMEOUT_MS - 50);
    expect(text).not.toContain('HTTP/1.1 408');
  });

  it('that sends only blank lines is closed after KEEP_ALIVE_TIMEOUT_MS', async () => {
    const connection = await RawConnection.open(app.url);
    // Node reports the missing header, for which no byte has come yet.
    await sleep(3 * LIMITS.headersTimeoutMs);

    expect(await connection.write('\r\n').readToEnd()).toBe('');
  });

  it.each([
    ['header', UNFINISHED_HEADER],
    ['body', UNFINISHED_BODY],
    ['second header', GET_MENU + UNFINISHED_HEADER],
  ])('whose %s does not arrive is closed with 408 problem details', async (_, bytes) => {
    const connection = await RawConnection.open(app.url);

    const text = await connection.write(bytes).readToEnd();

    expect(text).toMatch(/HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text).toContain('application/problem+json');
    expect(text).toContain('"code":"request_timeout"');
  });

  it('gets no second response to a request that was answered before its body arrived', async () => {
    const connection = await RawConnection.open(app.url);

    const text = await connection.write(UNFINISHED_BODY.replace('x-www-form-urlencoded', 'xml')).readToEnd();

    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 415']);
  });
});

describe('the default of KEEP_ALIVE_TIMEOUT_MS', () => {
  it('is longer than the 60 s after which common load balancers close idle connections', async () => {
    const app = await TestApp.start();

    const { headers } = await app.anonymous().get('/').set('Connection', 'keep-alive').expect(200);

    expect(headers['keep-alive']).toBe('timeout=65');
    await app.close();
  });
});
