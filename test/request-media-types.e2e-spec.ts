import { gzipSync } from 'node:zlib';
import { TestApp } from './support/test-app.js';
import type { Person } from './support/person.js';

const FORM = 'application/x-www-form-urlencoded';
const LOGIN = 'username=customer%40example.com&password=customer123';

/** A multipart form with the login of a user of the seed. */
function multipart(boundary: string): string {
  const part = (name: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return `${part('username', 'customer@example.com')}${part('password', 'customer123')}--${boundary}--\r\n`;
}

describe('The media type of a body', () => {
  let app: TestApp;
  let ana: Person;
  let order: string;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    order = JSON.stringify(await ana.orderFor(['Latte', 'Vanilla']));
  });
  afterAll(() => app.close());

  /** Sends an order with exactly this type: supertest would change it. */
  function placeAs(type: string, body: string | Uint8Array = order, encoding?: string): Promise<Response> {
    return fetch(`${app.url}/api/v1/orders`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${ana.token ?? ''}`,
        'Content-Type': type,
        ...(encoding !== undefined && { 'Content-Encoding': encoding }),
      },
      body,
    });
  }

  function logIn(type: string, body: string): Promise<Response> {
    return fetch(`${app.url}/api/v1/auth/token`, { method: 'POST', headers: { 'Content-Type': type }, body });
  }

  it.each([
    'application/json; charset="utf-8"',
    'application/json;charset=UTF-8',
    'APPLICATION/JSON ; Charset="UTF-8"',
    'application/json; charset="ut\\f-8"',
    'application/json; version=1; charset=utf-8;',
  ])('may be %s for JSON', async (type) => {
    expect((await placeAs(type)).status).toBe(201);
  });

  it.each([
    'application/json; charset="utf-16"',
    'application/json; charset="iso-8859-1"',
    'application/json; charset=""',
    'text/json',
    'application/problem+json',
    'json',
    'application/json, text/plain',
  ])('may not be %s for JSON', async (type) => {
    expect((await placeAs(type)).status).toBe(415);
  });

  it('does not change with a byte order mark', async () => {
    expect((await placeAs('application/json', `\ufeff${order}`)).status).toBe(201);
    expect((await logIn(FORM, `\ufeff${LOGIN}`)).status).toBe(200);
  });

  it.each(['gzip', 'GZIP', 'deflate', 'br', 'gzip, identity'])(
    'is refused with the Content-Encoding %s, and the response names the only accepted one',
    async (encoding) => {
      const response = await placeAs('application/json', gzipSync(order), encoding);

      expect(response.status).toBe(415);
      expect(response.headers.get('Accept-Encoding')).toBe('identity');
    },
  );

  it('is accepted with the Content-Encoding identity', async () => {
    expect((await placeAs('application/json', order, 'Identity')).status).toBe(201);
  });

  it.each([
    [FORM, LOGIN],
    [`${FORM}; charset="UTF-8"`, LOGIN],
    ['Application/X-WWW-Form-Urlencoded', `${LOGIN}&scope=&client_id=x&audience=shop&role=manager`],
    ['multipart/form-data; boundary=x', multipart('x')],
    ['Multipart/Form-Data; Boundary="a b"', multipart('a b')],
  ])('may be %s for a login', async (type, body) => {
    expect((await logIn(type, body)).status).toBe(200);
  });

  it('may be the form that fetch sends for a login', async () => {
    const body = new FormData();
    body.append('grant_type', 'password');
    body.append('username', 'customer@example.com');
    body.append('password', 'customer123');
    body.append('remember', 'yes');

    expect((await fetch(`${app.url}/api/v1/auth/token`, { method: 'POST', body })).status).toBe(200);
  });

  it('may be a form with a file, which is ignored', async () => {
    const body = new FormData();
    body.append('username', 'customer@example.com');
    body.append('password', 'customer123');
    body.append('photo', new Blob([new Uint8Array([0x89, 0xff, 0xfe])]), 'photo.png');

    expect((await fetch(`${app.url}/api/v1/auth/token`, { method: 'POST', body })).status).toBe(200);
  });

  it.each([
    ['a form without a boundary', 'multipart/form-data', multipart('x'), 400],
    ['a form that is cut off', 'multipart/form-data; boundary=x', multipart('x').slice(0, 100), 400],
    ['a form with 4,000 parts', 'multipart/form-data; boundary=x', '--x\r\n\r\n'.repeat(4_000), 400],
    ['a repeated username', FORM, `${LOGIN}&username=ben`, 422],
    [
      'a repeated part',
      'multipart/form-data; boundary=x',
      multipart('x').replace('--x--\r\n', multipart('x')),
      422,
    ],
    ['JSON', 'application/json', '{}', 415],
    ['a form in Latin-1', `${FORM}; charset="iso-8859-1"`, LOGIN, 415],
  ])('refuses %s for a login', async (_, type, body, status) => {
    expect((await logIn(type, body)).status).toBe(status);
  });

  it('refuses a file as the password', async () => {
    const body = new FormData();
    body.append('username', 'customer@example.com');
    body.append('password', new Blob(['customer123']), 'password.txt');

    const response = await fetch(`${app.url}/api/v1/auth/token`, { method: 'POST', body });

    expect(response.status).toBe(422);
    expect(await response.text()).toContain('password');
  });
});
