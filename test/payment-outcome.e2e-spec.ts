import { randomUUID } from 'node:crypto';
import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { eventually } from './support/eventually.js';
import { chargeAndReset, decline, reset, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PLACEMENTS = '/api/v1/admin/placements';

describe('An order whose payment has an unknown outcome', () => {
  let app: TestApp;
  let ana: Person;
  let ben: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' });
    [ana, ben, manager] = await Promise.all([app.customer(), app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());
  // A successful charge keeps the circuit breaker closed.
  beforeEach(() => ana.placeOrder(['Donuts', 'Glazed']));

  /** Places an order without a key and returns its id from the 503. */
  async function placeUnknown(person = ana): Promise<string> {
    app.payments.once(chargeAndReset);
    const { body } = await person.post('/api/v1/orders', order).expect(503);
    expect(body.code).toBe('payment_outcome_unknown');
    expect(body.detail).toContain(body.order_id);
    return body.order_id as string;
  }

  async function placementOf(orderId: string): Promise<PlacementDto> {
    const { body } = await manager.get(`${PLACEMENTS}?order_id=${orderId}`).expect(200);
    expect(body).toHaveLength(1);
    return body[0] as PlacementDto;
  }

  async function resolve(orderId: string, outcome: string): Promise<void> {
    const { id } = await placementOf(orderId);
    await manager.post(`${PLACEMENTS}/${id}/resolve`, { outcome, note: 'seen in the ledger' }).expect(200);
  }

  async function codeFor(person: Person, orderId: string): Promise<string> {
    return (await person.get(`/api/v1/orders/${orderId}`).expect(404)).body.code as string;
  }

  it('has the same id for each repetition of its key', async () => {
    const key = randomUUID();
    app.payments.once(chargeAndReset);
    const first = await ana.placeWithKey(order, key).expect(503);

    const second = await ana.placeWithKey(order, key).expect(503);

    expect(second.body.order_id).toBe(first.body.order_id);
  });

  it('is pending for its customer, who learns when to ask again', async () => {
    const { body, headers } = await ana.get(`/api/v1/orders/${await placeUnknown()}`).expect(404);

    expect(body.code).toBe('placement_pending');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is readable for its customer once it is placed', async () => {
    const orderId = await placeUnknown();

    await resolve(orderId, 'charged');

    const { body } = await ana.get(`/api/v1/orders/${orderId}`).expect(200);
    expect(body).toMatchObject({ id: orderId, customer_id: ana.id, status: 'waiting' });
  });

  it('is declined for its customer once no charge was found', async () => {
    const orderId = await placeUnknown();

    await resolve(orderId, 'not_charged');

    expect(await codeFor(ana, orderId)).toBe('placement_declined');
  });

  it.each<[string, PaymentBehaviour]>([
    ['a decline', decline()],
    ['a decline that a manager must check', decline(502, 'bad gateway')],
  ])('is declined for its customer after %s', async (_, behaviour) => {
    app.payments.once(behaviour);
    await ana.post('/api/v1/orders', order).expect(402);
    const { body } = await manager.get(`${PLACEMENTS}?limit=1`).expect(200);

    expect(await codeFor(ana, body[0].order_id)).toBe('placement_declined');
  });

  it('is not found for anyone else', async () => {
    const pending = await placeUnknown();
    const declined = await placeUnknown();
    await resolve(declined, 'not_charged');

    for (const person of [ben, manager])
      for (const id of [pending, declined]) expect(await codeFor(person, id)).toBe('order_not_found');
  });

  it('is pending for a manager who placed it as a customer', async () => {
    expect(await codeFor(manager, await placeUnknown(manager))).toBe('placement_pending');
  });

  it('is found by managers with its placement', async () => {
    const orderId = await placeUnknown();
    const found = await placementOf(orderId);

    const { body } = await manager.get(`${PLACEMENTS}/${found.id}`).expect(200);

    expect(body).toEqual(found);
    expect(body).toMatchObject({ order_id: orderId, state: 'unknown', customer_id: ana.id, resolutions: [] });
  });
});

describe('The placements of an order', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    await app.startWorker();
  });
  afterAll(() => app.close());

  it('lead to the order without any manager, if the provider honours keys', async () => {
    app.payments.once(reset);
    const { body } = await ana.post('/api/v1/orders', await ana.orderFor(['Latte', 'Vanilla'])).expect(503);

    await eventually('the order', async () => {
      const { status } = await ana.get(`/api/v1/orders/${body.order_id}`);
      return status === 200 ? true : undefined;
    });
  });

  it('are found by the id of a placed order, in any case of its letters', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    const { body } = await manager.get(`${PLACEMENTS}?order_id=${id.toUpperCase()}`).expect(200);

    expect(body).toMatchObject([{ order_id: id, state: 'placed' }]);
  });

  it('are filtered by their state too', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    expect((await manager.get(`${PLACEMENTS}?order_id=${id}&state=declined`).expect(200)).body).toEqual([]);
    expect((await manager.get(`${PLACEMENTS}?order_id=${randomUUID()}`).expect(200)).body).toEqual([]);
  });

  it('cannot be found by an id that is not a UUID', async () => {
    const { body } = await manager.get(`${PLACEMENTS}?order_id=7`).expect(422);

    expect(body.errors).toEqual([{ field: 'order_id', message: 'order_id must be a UUID' }]);
  });
});
