import { randomUUID } from 'node:crypto';
import { ApiProcess } from '../support/api-process.js';
import { HeldCharge } from '../support/held-charge.js';
import { approve, chargeAndReset, decline, type PaymentBehaviour } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** A failover to a delayed replica and a restored backup lose the last commits. */
describe('if the database loses a placement while its charge is under way', () => {
  let app: TestApp;
  let api: ApiProcess;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '5000' });
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
    ana = api.clientFor(await app.customer());
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(async () => {
    await api.stop();
    await app.close();
  });

  /** Returns the response to an order whose placement vanishes before the provider responds. */
  async function placeAndLose(outcome: PaymentBehaviour, key?: string, meanwhile = async () => {}) {
    const held = new HeldCharge(outcome);
    app.payments.once(held.behaviour);
    const placing = key ? ana.placeWithKey(order, key) : ana.post('/api/v1/orders', order);
    const response = placing.then((received) => received);
    await held.arrived;
    const lost = await newestPlacement();
    await app.database.query('DELETE FROM idempotency_keys WHERE placement_id = $1', [lost.id]);
    await app.database.query('DELETE FROM order_placements WHERE id = $1', [lost.id]);
    await meanwhile();
    held.release();
    return { lost, response: await response };
  }

  async function newestPlacement(): Promise<{ id: string; state: string }> {
    const sql = 'SELECT id, state FROM order_placements ORDER BY created_at DESC LIMIT 1';
    const [newest] = await app.database.query<{ id: string; state: string }>(sql);
    if (!newest) throw new Error('No placement');
    return newest;
  }

  it('writes it again with its order and its key, and logs that', async () => {
    const key = randomUUID();

    const { lost, response } = await placeAndLose(approve, key);

    expect(response.status).toBe(201);
    expect(await newestPlacement()).toEqual({ id: lost.id, state: 'placed' });
    expect((await ana.get(`/api/v1/orders/${response.body.id}`).expect(200)).body).toEqual(response.body);
    expect((await ana.placeWithKey(order, key).expect(200)).text).toBe(response.text);
    expect(api.program.stdout).toMatch(
      new RegExp(`"level":"error".*"placement":"${lost.id}".*"outcome":"approved".*lost a placement`),
    );
  });

  it('writes an order without a key again', async () => {
    const { lost, response } = await placeAndLose(approve);

    expect(response.status).toBe(201);
    expect(await newestPlacement()).toEqual({ id: lost.id, state: 'placed' });
  });

  it('records a decline, which stays final for the key', async () => {
    const key = randomUUID();

    const { lost, response } = await placeAndLose(decline(), key);

    expect(response.status).toBe(402);
    expect(await newestPlacement()).toEqual({ id: lost.id, state: 'declined' });
    await ana.placeWithKey(order, key).expect(402);
  });

  it('lists it for a manager if its outcome is unknown', async () => {
    const key = randomUUID();

    const { lost, response } = await placeAndLose(chargeAndReset, key);

    expect(response.status).toBe(503);
    expect(await newestPlacement()).toEqual({ id: lost.id, state: 'unknown' });
    await ana.placeWithKey(order, key).expect(503);
  });

  it('leaves the key to a placement that has claimed it meanwhile', async () => {
    const key = randomUUID();
    let second = '';

    const { response } = await placeAndLose(approve, key, async () => {
      second = (await ana.placeWithKey(order, key).expect(201)).body.id;
    });

    expect(response.status).toBe(201);
    await ana.get(`/api/v1/orders/${response.body.id}`).expect(200);
    expect((await ana.placeWithKey(order, key).expect(200)).body.id).toBe(second);
  });
});
