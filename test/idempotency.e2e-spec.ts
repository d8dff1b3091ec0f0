import { randomUUID } from 'node:crypto';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { decline, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('POST /orders with an Idempotency-Key', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla', 2]);
  });
  afterAll(() => app.close());

  it('replays the response to a repeated request byte for byte', async () => {
    const key = randomUUID();
    const body = { ...order, metadata: { z: 1, a: { 2: 'b', 1: 'a' }, '10': 1e-7 } };
    const first = await ana.placeWithKey(body, key).expect(201);

    const second = await ana.placeWithKey(body, key).expect(200);

    expect(second.text).toBe(first.text);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(second.headers['idempotent-replayed']).toBe('true');
  });

  it('charges once for repeated requests', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(201);
    const charges = app.payments.charges.length;

    await ana.placeWithKey(order, key).expect(200);

    expect(app.payments.charges).toHaveLength(charges);
  });

  it('returns 409 with Retry-After while the first request runs', async () => {
    const key = randomUUID();
    const held = new HeldCharge();
    app.payments.once(held.behaviour);
    const first = ana.placeWithKey(order, key).then((response) => response);
    await held.arrived;

    const second = await ana.placeWithKey(order, key).expect(409);

    expect(second.body.code).toBe('placement_in_progress');
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
    held.release();
    expect((await first).status).toBe(201);
  });

  it('treats equivalent JSON as the same request', async () => {
    const key = randomUUID();
    const [line] = order.items;
    await ana.placeWithKey({ items: order.items, metadata: { a: 1, b: 2 } }, key).expect(201);

    const equivalent = `{ "metadata": {"b": 2, "a": 1},\n "items": [{"quantity": 2.0, "variation_id": "${line?.variation_id.toUpperCase()}", "product_id": "${line?.product_id}"}]}`;

    await ana.post('/api/v1/orders', equivalent).set('Idempotency-Key', key).expect(200);
  });

  it('replays a decline without another request to the provider', async () => {
    const key = randomUUID();
    app.payments.once(decline(402, '{"z":"no funds","a":1}'));
    const first = await ana.placeWithKey(order, key).expect(402);
    const requests = app.payments.requests.length;

    const second = await ana.placeWithKey(order, key).expect(402);

    expect(second.text).toBe(first.text);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(app.payments.requests).toHaveLength(requests);
  });

  it('leaves the key unused if the request is rejected before the charge', async () => {
    const key = randomUUID();
    const [line] = order.items;

    await ana.placeWithKey({ ...order, total_cents: 1 }, key).expect(409);
    await ana.placeWithKey({ items: [{ ...line, variation_id: randomUUID() }] }, key).expect(400);
    await ana.placeWithKey({ items: [] }, key).expect(422);
    await ana.placeWithKey(order, key).expect(201);
  });

  it('ignores an expired key even if the new request is rejected', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(201);
    await expireAllKeys();

    const { body } = await ana.placeWithKey({ ...order, total_cents: 1 }, key).expect(409);

    expect(body.code).toBe('total_mismatch');
  });

  it('lets the worker delete expired keys except those of unsettled placements', async () => {
    const settled = randomUUID();
    const unsettled = randomUUID();
    await ana.placeWithKey(order, settled).expect(201);
    app.payments.once(reset);
    await ana.placeWithKey(order, unsettled).expect(503);
    await expireAllKeys();

    const worker = await app.startWorker();

    await eventually('the deletion of the other keys', async () => {
      const keys = await app.database.query<{ isUnsettled: boolean }>(
        'SELECT key_hash = sha256($1) AS "isUnsettled" FROM idempotency_keys',
        [Buffer.from(unsettled)],
      );
      expect(keys.some(({ isUnsettled }) => isUnsettled)).toBe(true);
      return keys.length === 1;
    });
    await worker.close();
  });

  async function expireAllKeys(): Promise<void> {
    await app.database.query('UPDATE idempotency_keys SET expires_at = now()');
  }
});
