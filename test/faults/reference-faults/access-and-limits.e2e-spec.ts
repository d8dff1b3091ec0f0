import request from 'supertest';
import type { Person } from '../../support/person.js';
import { TestApp } from '../../support/test-app.js';

const ORDERS = '/api/v1/orders';

/** The reference system failed each of these tests. */
describe('faults of the reference system with access and limits', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla', 2]);
  });
  afterAll(() => app.close());

  it('refuses manager requests without a token', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const guest = app.anonymous();

    await guest.get('/api/v1/admin/orders').expect(401);
    await guest.post('/api/v1/admin/products', { name: 'Free', base_price_cents: 0 }).expect(401);
    await guest.changeStatus(id, 'preparation').expect(401);
  });

  it('refuses more than 50 lines', async () => {
    const [item] = order.items;
    const lines = (length: number): object => ({ items: Array.from({ length }, () => item) });

    await ana.post(ORDERS, lines(5_000)).expect(413);
    await ana.post(ORDERS, lines(51)).expect(422);
  });

  it('refuses large metadata', async () => {
    await ana.post(ORDERS, { ...order, metadata: { note: 'x'.repeat(5_000_000) } }).expect(413);
    await ana.post(ORDERS, { ...order, metadata: { note: 'x'.repeat(5_000) } }).expect(422);
  });

  it('refuses an unknown e-mail in the same time as a wrong password', async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let attempt = 0; attempt < 15; attempt += 1) {
      known.push(await failedLoginMs('customer@example.com'));
      unknown.push(await failedLoginMs(`${attempt}@example.com`));
    }

    const ratio = median(unknown) / median(known);

    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('allows no cross-origin reads', async () => {
    for (const method of ['get', 'options'] as const) {
      const { headers } = await request(app.url)
        [method]('/api/v1/menu')
        .set('Origin', 'https://evil.example')
        .set('Access-Control-Request-Method', 'GET');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  async function failedLoginMs(username: string): Promise<number> {
    await app.database.query('DELETE FROM login_failures');
    const startedAt = performance.now();
    await request(app.url)
      .post('/api/v1/auth/token')
      .type('form')
      .send({ username, password: 'wrong' })
      .expect(401);
    return performance.now() - startedAt;
  }
});

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
