import { randomUUID } from 'node:crypto';
import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { HeldCharge } from './support/held-charge.js';
import { chargeAndReset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('A charge with an unknown outcome, provider idempotency unknown', () => {
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

  it('is not sent again when the client retries', async () => {
    const { key } = await placeUnknown();
    const requests = app.payments.requests.length;

    const { body, headers } = await ana.placeWithKey(order, key).expect(503);

    expect(body.code).toBe('payment_outcome_unknown');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(app.payments.requests).toHaveLength(requests);
  });

  it('stays unknown after its idempotency key has expired', async () => {
    const { key } = await placeUnknown();
    await app.database.query('UPDATE idempotency_keys SET expires_at = now()');

    await ana.placeWithKey(order, key).expect(503);
  });

  it('is listed for managers with its details', async () => {
    const { placement } = await placeUnknown();

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

  it('becomes an order when a manager resolves it as charged', async () => {
    const { placement } = await placeUnknown();

    const { body } = await resolve(placement.id, 'charged').expect(200);

    expect(body).toMatchObject({
      state: 'placed',
      resolutions: [{ outcome: 'charged', note: 'seen in the dashboard', resolved_by: manager.id }],
    });
  });

  it('is replayed as an order after a manager has resolved it as charged', async () => {
    const { key, placement } = await placeUnknown();
    await resolve(placement.id, 'charged').expect(200);

    const { body } = await ana.placeWithKey(order, key).expect(200);

    expect(body).toMatchObject({
      id: placement.order_id,
      status: 'waiting',
      payment: { response_status_code: null },
    });
    expect((await ana.get(`/api/v1/orders/${placement.order_id}`).expect(200)).body).toEqual(body);
  });

  it('becomes a decline when a manager resolves it as not charged', async () => {
    const { key, placement } = await placeUnknown();

    await resolve(placement.id, 'not_charged').expect(200);

    const { body } = await ana.placeWithKey(order, key).expect(402);
    expect(body.detail).toMatch(/^Payment failed: /);
    await ana.get(`/api/v1/orders/${placement.order_id}`).expect(404);
  });

  it('returns 409 for a contradicting resolution', async () => {
    const { placement } = await placeUnknown();
    await resolve(placement.id, 'charged').expect(200);

    const { body } = await resolve(placement.id, 'not_charged').expect(409);

    expect(body.code).toBe('placement_not_resolvable');
  });

  it('accepts one of two concurrent resolutions', async () => {
    const { placement } = await placeUnknown();

    const responses = await Promise.all([
      resolve(placement.id, 'charged'),
      resolve(placement.id, 'not_charged'),
    ]);

    expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('cannot be resolved before its outcome is unknown', async () => {
    const held = new HeldCharge();
    app.payments.once(held.behaviour);
    const placing = ana.placeWithKey(order).then((response) => response);
    await held.arrived;

    const [running] = await list('charging');
    await resolve(running?.id ?? '', 'charged').expect(409);

    held.release();
    expect((await placing).status).toBe(201);
  });

  function resolve(id: string, outcome: string): ReturnType<Person['post']> {
    return manager.post(`/api/v1/admin/placements/${id}/resolve`, { outcome, note: 'seen in the dashboard' });
  }

  async function list(state: string): Promise<PlacementDto[]> {
    return (await manager.get(`/api/v1/admin/placements?state=${state}`).expect(200)).body as PlacementDto[];
  }

  /** Places an order whose charge gets no response. */
  async function placeUnknown(): Promise<{ key: string; placement: PlacementDto }> {
    const key = randomUUID();
    // A successful charge keeps the circuit breaker closed.
    await ana.placeOrder(['Donuts', 'Glazed']);
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);
    const [placement] = await list('unknown');
    if (!placement) throw new Error('The placement is not listed');
    return { key, placement };
  }
});
