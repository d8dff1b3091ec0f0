import { randomUUID } from 'node:crypto';
import request, { type Test } from 'supertest';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
import { claimsOf, keyIdOf, sign } from './support/token.js';
import { Device } from './sessions/session-client.js';

const SECRET = 'a secret of more than 32 characters, for tests';
const NOW_SECONDS = Math.floor(Date.now() / 1000);

describe('Authentication', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start({ JWT_SECRET_KEY: SECRET });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  /** Requests an order that does not exist. Returns 404 if the header is accepted. */
  function send(authorization?: string): Test {
    const test = request(app.url).get(`/api/v1/orders/${randomUUID()}`);
    return authorization === undefined ? test : test.set('Authorization', authorization);
  }

  it.each(['Bearer', 'bearer', 'BEARER'])('accepts the scheme %s', async (scheme) => {
    await send(`${scheme} ${validToken(ana.id)}`).expect(404);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['has another scheme', 'Basic Y3VzdG9tZXJAZXhhbXBsZS5jb206Y3VzdG9tZXIxMjM='],
    ['has no scheme', 'eyJhbGciOiJub25lIn0.e30.'],
  ])('returns 401 not_authenticated if the header %s', async (_, authorization) => {
    const { body, headers } = await send(authorization).expect(401);

    expect(body).toMatchObject({ code: 'not_authenticated', detail: 'Not authenticated' });
    expect(headers['www-authenticate']).toBe('Bearer realm="coffee-shop"');
  });

  it.each<[string, (sub: string) => string]>([
    ['is empty', () => ''],
    ['is text without dots', () => 'garbage'],
    ['is text in three parts', () => 'a.b.c'],
    ['has the algorithm none', (sub) => sign(customerClaims(sub), SECRET, 'none')],
    ['has the algorithm nOnE', (sub) => sign(customerClaims(sub), SECRET, 'nOnE')],
    ['has no signature', (sub) => validToken(sub).replace(/[^.]+$/, '')],
    ['has the algorithm HS512', (sub) => sign(customerClaims(sub), SECRET, 'HS512')],
    ['is signed with another secret', (sub) => sign(customerClaims(sub), `${SECRET}.`)],
    ['is signed with an empty secret', (sub) => sign(customerClaims(sub), '')],
    ['has expired', (sub) => tokenWith({ sub, exp: NOW_SECONDS - 1 })],
    ['is not valid yet', (sub) => tokenWith({ sub, nbf: NOW_SECONDS + 600 })],
    ['has no exp', (sub) => tokenWith({ sub, exp: undefined })],
    ['has no iat', (sub) => tokenWith({ sub, iat: undefined })],
    ['has no sub', () => tokenWith({ sub: undefined })],
    ['has no role', (sub) => tokenWith({ sub, role: undefined })],
    ['has a string as exp', (sub) => tokenWith({ sub, exp: '9999999999' })],
    ['has a sub that is not a UUID', (sub) => tokenWith({ sub: `${sub}' OR 1=1 --` })],
    ['has a list as sub', (sub) => tokenWith({ sub: [sub] })],
    ['has an unknown user', () => tokenWith({ sub: randomUUID() })],
    ['has a role that the user does not have', (sub) => tokenWith({ sub, role: 'manager' })],
    ['has an unknown role', (sub) => tokenWith({ sub, role: 'owner' })],
    ['has a list of roles', (sub) => tokenWith({ sub, role: ['customer'] })],
    [
      'was issued years from now',
      (sub) => tokenWith({ sub, iat: NOW_SECONDS + 1e8, exp: NOW_SECONDS + 2e8 }),
    ],
    ['was issued ten minutes from now', (sub) => tokenWith({ sub, iat: NOW_SECONDS + 600 })],
    ['was issued longer ago than the maximum', (sub) => tokenWith({ sub, iat: NOW_SECONDS - 1801 })],
    ['was issued before 1970', (sub) => tokenWith({ sub, iat: -1 })],
    ['has a string as iat', (sub) => tokenWith({ sub, iat: String(NOW_SECONDS) })],
    ['has an object as iat', (sub) => tokenWith({ sub, iat: {} })],
    ['has null as exp', (sub) => tokenWith({ sub, exp: null })],
    ['has a negative exp', (sub) => tokenWith({ sub, exp: -1 })],
    ['has an infinite exp', (sub) => withText(sub, `"iat": ${NOW_SECONDS}, "exp": 1e999`)],
    ['has an infinite iat', (sub) => withText(sub, `"iat": 1e999, "exp": ${NOW_SECONDS + 600}`)],
    ['has an infinitely old iat', (sub) => withText(sub, `"iat": -1e999, "exp": ${NOW_SECONDS + 600}`)],
    ['has a payload of null', () => sign(null, SECRET)],
    ['has a payload that is a list', () => sign([], SECRET)],
    ['has a payload that is a number', () => sign(7, SECRET)],
    ['has a payload that is a string', () => sign('"text"', SECRET)],
    ['has a payload that is not JSON', () => sign('{', SECRET)],
    ['has another issuer', (sub) => tokenWith({ sub, iss: 'tea-shop' })],
    ['has null as issuer', (sub) => tokenWith({ sub, iss: null })],
    ['has another audience', (sub) => tokenWith({ sub, aud: 'tea-shop-api' })],
    ['has other audiences', (sub) => tokenWith({ sub, aud: ['tea-shop-api', 'coffee-shop'] })],
    ['has no audience in its list', (sub) => tokenWith({ sub, aud: [] })],
    ['has an unknown session', (sub) => tokenWith({ sub, sid: randomUUID() })],
    ['has a session that is not a UUID', (sub) => tokenWith({ sub, sid: 'session' })],
    ['has null as session', (sub) => tokenWith({ sub, sid: null })],
    ['has an unknown key id', (sub) => withHeader(sub, { kid: 'unknown' })],
    ['has the key id of another secret', (sub) => withHeader(sub, { kid: keyIdOf(`${SECRET}.`) })],
    ['has an empty key id', (sub) => withHeader(sub, { kid: '' })],
    ['has null as key id', (sub) => withHeader(sub, { kid: null })],
    ['has an unknown critical extension', (sub) => withHeader(sub, { crit: ['exp'] })],
    ['has an unencoded payload', (sub) => withHeader(sub, { crit: ['b64'], b64: false })],
    ['has an empty list of critical extensions', (sub) => withHeader(sub, { crit: [] })],
    ['was changed after signing', (sub) => replaceClaims(validToken(sub), { role: 'manager' })],
  ])('returns 401 invalid_token if the token %s', async (_, createToken) => {
    const { body, headers } = await send(`Bearer ${createToken(ana.id)}`).expect(401);

    expect(body).toMatchObject({ code: 'invalid_token', detail: 'Could not validate credentials' });
    expect(headers['www-authenticate']).toBe('Bearer realm="coffee-shop", error="invalid_token"');
  });

  it.each([
    ['fractions in iat and exp', { iat: NOW_SECONDS - 0.5, exp: NOW_SECONDS + 600.25 }],
    ['an iat of a clock that is half a minute ahead', { iat: NOW_SECONDS + 30 }],
    ['a longer lifetime, while it is younger than the maximum', { exp: NOW_SECONDS + 1e9 }],
    ['the four claims alone', {}],
    ['the issuer', { iss: 'coffee-shop' }],
    ['the audience', { aud: 'coffee-shop-api' }],
    ['the audience among others', { aud: ['tea-shop-api', 'coffee-shop-api'] }],
    ['further claims', { nbf: NOW_SECONDS, jti: '1', azp: 'somebody' }],
  ])('accepts a token with %s', async (_, claims) => {
    await send(`Bearer ${tokenWith({ sub: ana.id, ...claims })}`).expect(404);
  });

  it('accepts a token with the key id of its secret', async () => {
    await send(`Bearer ${withHeader(ana.id, { kid: keyIdOf(SECRET) })}`).expect(404);
  });

  it('returns 401 invalid_token for the session of another user', async () => {
    const { access_token } = await new Device(app.url, 'manager').openSession();
    const { sid } = claimsOf(access_token);

    const { body } = await send(`Bearer ${tokenWith({ sub: ana.id, sid })}`).expect(401);

    expect(body.code).toBe('invalid_token');
  });

  it('rejects a token within 30 seconds after its user is deleted, demoted or promoted', async () => {
    const [deleted, demoted, promoted] = await Promise.all([app.customer(), app.manager(), app.customer()]);
    const people = [deleted, demoted, promoted];
    const sendAs = (person: Person): Test => person.get(`/api/v1/orders/${randomUUID()}`);
    for (const person of people) await sendAs(person).expect(404);

    await app.database.query('DELETE FROM users WHERE id = $1', [deleted.id]);
    await app.database.query(`UPDATE users SET role = 'customer' WHERE id = $1`, [demoted.id]);
    await app.database.query(`UPDATE users SET role = 'manager' WHERE id = $1`, [promoted.id]);

    await Promise.all(
      people.map((person) =>
        eventually('the rejection of the token', async () => (await sendAs(person)).status === 401, 30_000),
      ),
    );
    for (const person of people)
      expect((await sendAs(person).expect(401)).body.detail).toBe('Could not validate credentials');
  }, 40_000);
});

function customerClaims(sub: unknown): Record<string, unknown> {
  return { sub, role: 'customer', iat: NOW_SECONDS, exp: NOW_SECONDS + 600 };
}

function validToken(sub: string): string {
  return sign(customerClaims(sub), SECRET);
}

/** Returns a signed token of a customer with some claims replaced. */
function tokenWith(claims: Record<string, unknown>): string {
  return sign({ ...customerClaims(claims.sub), ...claims }, SECRET);
}

/** Returns a signed token of a customer with these times, as JSON text. */
function withText(sub: string, times: string): string {
  return sign(`{"sub": "${sub}", "role": "customer", ${times}}`, SECRET);
}

/** Returns a valid token with further members in its header. */
function withHeader(sub: string, header: object): string {
  return sign(customerClaims(sub), SECRET, 'HS256', header);
}

/** Replaces claims but keeps the signature. */
function replaceClaims(token: string, claims: Record<string, unknown>): string {
  const [header, , signature] = token.split('.');
  const payload = JSON.stringify({ ...claimsOf(token), ...claims });
  return `${header}.${Buffer.from(payload).toString('base64url')}.${signature}`;
}
