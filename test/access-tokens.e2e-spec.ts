import { randomUUID } from 'node:crypto';
import request, { type Test } from 'supertest';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
import { claimsOf, sign } from './support/token.js';

const SECRET = 'a secret of more than 32 characters, for tests';

const now = Math.floor(Date.now() / 1000);
const FRESH = { iat: now, exp: now + 600 };

describe('a token', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start({ JWT_SECRET_KEY: SECRET });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  /** Asks for an order that nobody has: 404 for everybody who may ask. */
  function ask(authorization?: string): Test {
    const test = request(app.url).get(`/api/v1/orders/${randomUUID()}`);
    return authorization === undefined ? test : test.set('Authorization', authorization);
  }

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another scheme', 'Basic Y3VzdG9tZXJAZXhhbXBsZS5jb206Y3VzdG9tZXIxMjM='],
    ['without a scheme', 'eyJhbGciOiJub25lIn0.e30.'],
  ])('is asked for where it is %s', async (_, authorization) => {
    const { body, headers } = await ask(authorization).expect(401);

    expect(body).toMatchObject({ code: 'not_authenticated', detail: 'Not authenticated' });
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it.each<[string, (sub: string) => string]>([
    ['empty', () => ''],
    ['garbage', () => 'garbage'],
    ['garbage in three parts', () => 'a.b.c'],
    ['unsigned', (sub) => sign({ sub, role: 'customer', ...FRESH }, SECRET, 'none')],
    ['unsigned, in other letters', (sub) => sign({ sub, role: 'customer', ...FRESH }, SECRET, 'nOnE')],
    ['without its signature', (sub) => good(sub).replace(/[^.]+$/, '')],
    ['of HS512 with the right secret', (sub) => sign({ sub, role: 'customer', ...FRESH }, SECRET, 'HS512')],
    ['signed with another secret', (sub) => sign({ sub, role: 'customer', ...FRESH }, `${SECRET}.`)],
    ['signed with no secret', (sub) => sign({ sub, role: 'customer', ...FRESH }, '')],
    ['expired', (sub) => good(sub, { exp: now - 1 })],
    ['not valid yet', (sub) => good(sub, { nbf: now + 600 })],
    ['without exp', (sub) => good(sub, { exp: undefined })],
    ['without iat', (sub) => good(sub, { iat: undefined })],
    ['without sub', (sub) => good(sub, { sub: undefined })],
    ['without role', (sub) => good(sub, { role: undefined })],
    ['with text as exp', (sub) => good(sub, { exp: '9999999999' })],
    ['with a sub that is no UUID', (sub) => good(sub, { sub: `${sub}' OR 1=1 --` })],
    ['with a list as sub', (sub) => good(sub, { sub: [sub] })],
    ['of nobody', (sub) => good(sub, { sub: randomUUID() })],
    ['with a role that the user does not have', (sub) => good(sub, { role: 'manager' })],
    ['with a role that does not exist', (sub) => good(sub, { role: 'owner' })],
    ['with a list of roles', (sub) => good(sub, { role: ['customer'] })],
    ['changed after it was signed', (sub) => tampered(good(sub), { role: 'manager' })],
  ])('is refused where it is %s', async (_, make) => {
    const { body, headers } = await ask(`Bearer ${make(ana.id)}`).expect(401);

    expect(body).toMatchObject({ code: 'invalid_token', detail: 'Could not validate credentials' });
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['Bearer', 'bearer', 'BEARER'])('is taken with the scheme written %s', async (scheme) => {
    await ask(`${scheme} ${good(ana.id)}`).expect(404);
  });

  it('stops working within 30 seconds when its user is deleted, demoted or promoted', async () => {
    const [deleted, demoted, promoted] = await Promise.all([app.customer(), app.manager(), app.customer()]);
    const asking = (person: Person): Test => person.get(`/api/v1/orders/${randomUUID()}`);
    for (const person of [deleted, demoted, promoted]) await asking(person).expect(404);

    await app.database.query('DELETE FROM users WHERE id = $1', [deleted.id]);
    await app.database.query(`UPDATE users SET role = 'customer' WHERE id = $1`, [demoted.id]);
    await app.database.query(`UPDATE users SET role = 'manager' WHERE id = $1`, [promoted.id]);

    await Promise.all(
      [deleted, demoted, promoted].map((person) =>
        eventually('the token to stop working', async () => (await asking(person)).status === 401, 30_000),
      ),
    );
    for (const person of [deleted, demoted, promoted])
      expect((await asking(person).expect(401)).body.detail).toBe('Could not validate credentials');
  }, 40_000);
});

/** A token that is right, but for these claims. */
function good(sub: string, claims: Record<string, unknown> = {}): string {
  return sign({ sub, role: 'customer', ...FRESH, ...claims }, SECRET);
}

/** Other claims under the same signature. */
function tampered(token: string, claims: Record<string, unknown>): string {
  const [header, , signature] = token.split('.');
  const changed = { ...claimsOf(token), ...claims };
  return `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
}
