import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { parseResponse, RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const MENU = 'GET /api/v1/menu HTTP/1.1';
const ORDER = 'POST /api/v1/orders HTTP/1.1';
const HOST = 'Host: localhost';
const JSON_TYPE = 'Content-Type: application/json';

function message(...header: string[]): string {
  return `${header.join('\r\n')}\r\n\r\n`;
}

function chunked(codings: string, version = 'HTTP/1.1'): string {
  const line = `POST /api/v1/orders ${version}`;
  return `${message(line, HOST, JSON_TYPE, `Transfer-Encoding: ${codings}`)}2\r\n{}\r\n0\r\n\r\n`;
}

describe('a request that HTTP itself forbids', () => {
  let app: TestApp;
  let api: ApiProcess;

  beforeAll(async () => {
    app = await TestApp.start();
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
  });
  afterAll(async () => {
    await api.stop();
    await app.close();
  });

  async function responseTo(bytes: string): Promise<ReturnType<typeof parseResponse>> {
    const connection = await RawConnection.open(api.url);
    return parseResponse(await connection.write(bytes).readToEnd());
  }

  it.each<[string, number, string, string]>([
    ['no Host', 400, 'malformed_request', message(MENU)],
    ['two Host lines', 400, 'malformed_request', message(MENU, HOST, HOST)],
    ['two Host lines in HTTP/1.0', 400, 'malformed_request', message('GET / HTTP/1.0', HOST, HOST)],
    ['an invalid Host', 400, 'malformed_request', message(MENU, 'Host: a b')],
    ['an invalid URL', 400, 'malformed_request', message('GET http://[/ HTTP/1.1', HOST)],
    ['a port that no URL has', 400, 'malformed_request', message('GET http://a:99999/ HTTP/1.1', HOST)],
    ['a path without a slash', 400, 'malformed_request', message('GET menu HTTP/1.1', HOST)],
    ['no HTTP at all', 400, 'malformed_request', message('hello world')],
    ['the HTTP/2 preface', 400, 'malformed_request', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a folded header', 400, 'malformed_request', message(MENU, HOST, 'X-A: b', ' c')],
    ['a blank before the colon', 400, 'malformed_request', message(MENU, HOST, 'X-A : b')],
    ['two lengths', 400, 'malformed_request', message(ORDER, HOST, 'Content-Length: 2', 'Content-Length: 3')],
    ['a negative length', 400, 'malformed_request', message(ORDER, HOST, 'Content-Length: -1')],
    [
      'a length beside a coding',
      400,
      'malformed_request',
      message(ORDER, HOST, 'Content-Length: 2', 'Transfer-Encoding: chunked'),
    ],
    ['a coding in HTTP/1.0', 400, 'malformed_request', chunked('chunked', 'HTTP/1.0')],
    [
      'an invalid chunk',
      400,
      'malformed_request',
      `${message(ORDER, HOST, JSON_TYPE, 'Transfer-Encoding: chunked')}zz\r\n`,
    ],
    ['a compressed body', 501, 'not_implemented', chunked('gzip, chunked')],
    ['codings in two lines', 501, 'not_implemented', chunked('gzip\r\nTransfer-Encoding: chunked')],
    ['CONNECT', 501, 'not_implemented', message('CONNECT localhost:80 HTTP/1.1', HOST)],
    ['HTTP/2.0', 505, 'http_version_not_supported', message('GET / HTTP/2.0', HOST)],
    ['HTTP/1.2', 505, 'http_version_not_supported', message('GET / HTTP/1.2', HOST)],
    ['HTTP/0.9', 505, 'http_version_not_supported', message('GET / HTTP/0.9', HOST)],
    ['an unknown Expect', 417, 'expectation_failed', message(MENU, HOST, 'Expect: something')],
    ['a header of 20 KB', 431, 'header_too_large', message(MENU, HOST, `X-A: ${'a'.repeat(20_000)}`)],
    ['a header of 400 KB', 431, 'header_too_large', message(MENU, HOST, `X-A: ${'a'.repeat(400_000)}`)],
  ])('with %s is refused with %i and a log line', async (_, status, code, bytes) => {
    const response = await responseTo(bytes);

    expect(response.status).toBe(status);
    expect(response.headers).toMatch(/^content-type: application\/problem\+json/m);
    expect(response.headers).toMatch(/^connection: close$/m);
    expect(response.headers).toMatch(/^x-content-type-options: nosniff$/m);
    const id = /^x-request-id: (.+)$/m.exec(response.headers)?.[1];
    expect(JSON.parse(response.body)).toMatchObject({ status, code, request_id: id });
    const line = await eventually('the log line', () =>
      api.program.stdout.split('\n').find((text) => text.includes(`"request_id":"${id}"`)),
    );
    const msg = 'request completed';
    expect(JSON.parse(line)).toMatchObject({ level: 'info', statusCode: status, code, msg });
  });

  it.each([
    [
      'the absolute form of its URL',
      message('GET http://other/api/v1/menu HTTP/1.1', HOST, 'Connection: close'),
    ],
    ['HTTP/1.0 and no Host', message('GET /api/v1/menu HTTP/1.0')],
    ['an empty Host', message(MENU, 'Host:', 'Connection: close')],
    ['an IPv6 Host', message(MENU, 'Host: [::1]:8000', 'Connection: close')],
    ['Expect: 100-Continue', message(MENU, HOST, 'Expect: 100-Continue', 'Connection: close')],
    ['an Upgrade', message(MENU, HOST, 'Upgrade: h2c', 'Connection: Upgrade, close')],
  ])('is not one with %s', async (_, bytes) => {
    const connection = await RawConnection.open(api.url);

    expect(await connection.write(bytes).readToEnd()).toMatch(/^HTTP\/1\.1 (100[^]*HTTP\/1\.1 )?200 OK/);
  });

  it('is logged and answered without the user and password of its target', async () => {
    const connection = await RawConnection.open(api.url);
    const refused = message('GET http://ana:sekrit@localhost/x?token=sekrit HTTP/1.1', HOST, 'Expect: x');

    const text = await connection.write(message(MENU, HOST) + refused).readToEnd();

    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 417']);
    expect(text).toContain('"instance":"/x"');
    expect(text).not.toContain('sekrit');
    expect(api.program.stdout).not.toContain('sekrit');
  });

  it('is refused after the responses to the requests before it', async () => {
    const connection = await RawConnection.open(api.url);

    const text = await connection.write(`${message(MENU, HOST)}GARBAGE\r\n\r\n`).readToEnd();

    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  });
});
