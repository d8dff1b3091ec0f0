import { randomUUID } from 'node:crypto';
import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { HeldCharge } from './support/held-charge.js';
import { chargeAndReset, decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('a charge of unknown outcome, where nobody knows whether the provider honours keys', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
    await app.startWorker();
  });
  afterAll(() => app.close());

  it('is never sent again: the key answers 503 until a manager has resolved it', async () => {
    const { key } = await leftUnknown();
    const requests = app.payments.requests.length;

    const repeated = await ana.placeWithKey(order, key).expect(503);

    expect(repeated.body.code).toBe('payment_outcome_unknown');
    expect(Number(repeated.headers['retry-after'])).toBeGreaterThan(0);
    expect(app.payments.requests).toHaveLength(requests);
  });

  it('outlives the day of its key', async () => {
    const { key } = await leftUnknown();
    await app.database.query('UPDATE idempotency_keys SET expires_at = now()');

    await ana.placeWithKey(order, key).expect(503);
  });

  it('is listed for managers, with what is known of it', async () => {
    const { placement } = await leftUnknown();

    expect(placement).toMatchObject({
      state: 'unknown',
      customer_id: ana.id,
      total_cents: 430,
      attempts: 1,
      response_status_code: null,
      failure: 'ECONNRESET',
      resolutions: [],
    });
  });

  it('becomes an order when a manager found it charged, and the key replays that order', async () => {
    const { key, placement } = await leftUnknown();

    const { body } = await resolve(placement.id, 'charged').expect(200);

    expect(body).toMatchObject({
      state: 'placed',
      resolutions: [{ outcome: 'charged', note: 'seen in the dashboard', resolved_by: manager.id }],
    });
    const replay = await ana.placeWithKey(order, key).expect(200);
    expect(replay.body).toMatchObject({
      id: placement.order_id,
      status: 'waiting',
      payment: { response_status_code: null },
    });
    expect((await ana.get(`/api/v1/orders/${placement.order_id}`).expect(200)).body).toEqual(replay.body);
  });

  it('becomes a decline when a manager found it not charged', async () => {
    const { key, placement } = await leftUnknown();

    await resolve(placement.id, 'not_charged').expect(200);

    const { body } = await ana.placeWithKey(order, key).expect(402);
    expect(body.detail).toMatch(/^Payment failed: /);
    await ana.get(`/api/v1/orders/${placement.order_id}`).expect(404);
  });

  it('is resolved once: the same word again changes nothing, another one is refused', async () => {
    const { placement } = await leftUnknown();
    await resolve(placement.id, 'charged').expect(200);

    expect((await resolve(placement.id, 'charged').expect(200)).body.resolutions).toHaveLength(1);
    expect((await resolve(placement.id, 'not_charged').expect(409)).body.code).toBe(
      'placement_not_resolvable',
    );
  });

  it('is resolved once by two managers at once', async () => {
    const { placement } = await leftUnknown();

    const responses = await Promise.all([
      resolve(placement.id, 'charged'),
      resolve(placement.id, 'not_charged'),
    ]);

    expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('cannot be resolved while it still runs', async () => {
    const held = new HeldCharge();
    app.payments.once(held.behaviour);
    const placing = ana.placeWithKey(order).then((response) => response);
    await held.arrived;

    const [placement] = await listed('charging');
    await resolve(placement?.id ?? '', 'charged').expect(409);

    held.release();
    expect((await placing).status).toBe(201);
  });

  it('lists a decline by a provider in trouble; charged after all, it is a refund that is due, and closed once it was made', async () => {
    app.payments.once(decline(502, 'bad gateway'));
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(402);
    const [placement] = await listed('declined_unconfirmed');

    await resolve(placement?.id ?? '', 'charged').expect(200);
    expect((await resolve(placement?.id ?? '', 'not_charged').expect(200)).body).toMatchObject({
      state: 'declined',
      resolutions: [{ outcome: 'charged' }, { outcome: 'not_charged' }],
    });
    await ana.placeWithKey(order, key).expect(402);
  });

  it('is resolved by managers only, with one of two words and a note', async () => {
    const { placement } = await leftUnknown();
    const path = `/api/v1/admin/placements/${placement.id}/resolve`;

    await ana.post(path, { outcome: 'charged', note: 'mine' }).expect(403);
    await manager.post(path, { outcome: 'maybe', note: 'x' }).expect(422);
    await manager.post(path, { outcome: 'charged' }).expect(422);
    await resolve(randomUUID(), 'charged').expect(404);
  });

  function resolve(id: string, outcome: string): ReturnType<Person['post']> {
    return manager.post(`/api/v1/admin/placements/${id}/resolve`, { outcome, note: 'seen in the dashboard' });
  }

  async function listed(state: string): Promise<PlacementDto[]> {
    return (await manager.get(`/api/v1/admin/placements?state=${state}`).expect(200)).body as PlacementDto[];
  }

  /** Orders at a provider that charges and then breaks the connection. */
  async function leftUnknown(): Promise<{ key: string; placement: PlacementDto }> {
    const key = randomUUID();
    // One good charge in between keeps the circuit breaker closed.
    await ana.placeOrder(['Donuts', 'Glazed']);
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);
    const [placement] = await listed('unknown');
    if (!placement) throw new Error('The placement is not listed');
    return { key, placement };
  }
});
