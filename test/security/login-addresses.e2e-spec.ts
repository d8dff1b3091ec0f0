import request, { type Response } from 'supertest';
import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

const MAX_FAILURES = 10;
const CUSTOMER = 'customer@example.com';

function guess(url: string, forwardedFor: string): Promise<Response> {
  return request(url)
    .post('/api/v1/auth/token')
    .type('form')
    .set('X-Forwarded-For', forwardedFor)
    .send({ username: CUSTOMER, password: 'a guess' })
    .then((response) => response);
}

describe('POST /auth/token with X-Forwarded-For of a trusted proxy', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ TRUSTED_PROXIES: '1' });
  });
  beforeEach(() => app.database.query('DELETE FROM login_failures'));
  afterAll(() => app.close());

  /** Sends a guess per address. Returns the status of one more guess, with the last address. */
  async function statusAfterFailures(addresses: string[]): Promise<number> {
    for (const address of addresses) expect((await guess(app.url, address)).status).toBe(401);
    return (await guess(app.url, addresses.at(-1) ?? '')).status;
  }

  function tenAddresses(address: (index: number) => string): string[] {
    return Array.from({ length: MAX_FAILURES }, (_, index) => address(index));
  }

  it.each<[string, (index: number) => string]>([
    ['that have changing ports', (index) => `203.0.113.10:${50_000 + index}`],
    ['of one IPv6 /64', (index) => `2001:db8:1:2:${index}::${index}`],
    ['of one IPv6 /64 with brackets and ports', (index) => `[2001:db8:1:2::${index}]:${50_000 + index}`],
    ['with changing zones', (index) => `fe80::1%eth${index}`],
    ['behind addresses that the client made up', (index) => `198.51.100.${index}, 203.0.113.10`],
    ['that are no addresses', (index) => `garbage-${index}`],
  ])('counts guesses together from clients %s', async (_, address) => {
    expect(await statusAfterFailures(tenAddresses(address))).toBe(429);
  });

  it('counts an IPv4 address and its IPv4-mapped forms together', async () => {
    const forms = ['203.0.113.10', '::ffff:203.0.113.10', '::ffff:cb00:710a', '[::ffff:cb00:710a]:443'];

    expect(await statusAfterFailures(tenAddresses((index) => forms[index % forms.length] ?? ''))).toBe(429);
  });

  it.each<[string, (index: number) => string]>([
    ['IPv4 addresses', (index) => `203.0.113.${index}`],
    ['IPv6 /64 blocks', (index) => `2001:db8:1:${index}::1`],
  ])('counts different %s separately', async (_, address) => {
    expect(await statusAfterFailures(tenAddresses(address))).toBe(401);
  });
});

describe('X-Forwarded-For without trusted proxies', () => {
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

  it('is logged once as a warning', async () => {
    for (const address of ['203.0.113.1', '203.0.113.2']) await guess(api.url, address);

    const linesWith = (text: string): string[] =>
      api.program.stdout.split('\n').filter((line) => line.includes(text));
    await eventually('the lines of both requests', () => linesWith('/auth/token').length === 2);
    const warnings = linesWith('TRUSTED_PROXIES is 0');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('"level":"warn"');
  });
});
