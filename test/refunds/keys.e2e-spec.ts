import { randomUUID } from 'node:crypto';
import { RefundContext, TWO_LATTES, WITHOUT_PROVIDER } from './refund-context.js';

describe('POST /orders/{id}/refunds with an Idempotency-Key', () => {
  let context: RefundContext;
  let orderId: string;
  let key: string;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
  });
  afterAll(() => context.close());
  beforeEach(async () => {
    orderId = (await context.placeOrder()).id;
    key = randomUUID();
  });

  it.each(['refunded', 'not_refunded'])('replays the first response after it is %s', async (outcome) => {
    const first = await context.request(orderId, 100, key).expect(201);
    await context.resolve(first.body.id, outcome).expect(200);

    const replay = await context.request(orderId, 100, key).expect(200);

    expect(replay.text).toBe(first.text);
    expect(replay.headers.etag).toBe(first.headers.etag);
    expect(replay.headers.location).toBeUndefined();
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(replay.headers['idempotent-replayed']).toBe('true');
    expect(await context.refundsOf(orderId)).toHaveLength(1);
  });

  it('replays it if nothing is left', async () => {
    const first = await context.request(orderId, 860, key).expect(201);

    expect((await context.request(orderId, 860, key).expect(200)).text).toBe(first.text);
  });

  it('replays it after the key of a placement would have expired', async () => {
    const { body } = await context.request(orderId, 100, key).expect(201);
    await context.app.database.query(
      `UPDATE refunds SET created_at = created_at - interval '30 days' WHERE id = $1`,
      [body.id],
    );

    expect((await context.request(orderId, 100, key).expect(200)).body.id).toBe(body.id);
  });

  it('treats the id of the order in capital letters as the same request', async () => {
    const first = await context.request(orderId, 100, key).expect(201);

    expect((await context.request(orderId.toUpperCase(), 100, key).expect(200)).text).toBe(first.text);
  });

  it.each([
    ['another amount', { amount_cents: 101, reason: 'quality' }],
    ['another reason', { amount_cents: 100, reason: 'other' }],
    ['another note', { amount_cents: 100, reason: 'quality', note: 'sour milk' }],
  ])('refuses %s with 422', async (_, body) => {
    await context.request(orderId, 100, key).expect(201);

    const path = `/api/v1/orders/${orderId}/refunds`;
    const refused = await context.manager.post(path, body).set('Idempotency-Key', key).expect(422);

    expect(refused.body.code).toBe('idempotency_key_reused');
    expect(await context.refundsOf(orderId)).toHaveLength(1);
  });

  it('refuses another order with 422', async () => {
    await context.request(orderId, 100, key).expect(201);
    const { id: otherId } = await context.placeOrder();

    const { body } = await context.request(otherId, 100, key).expect(422);

    expect(body.code).toBe('idempotency_key_reused');
    expect(await context.refundsOf(otherId)).toEqual([]);
  });

  it('leaves the key to other managers', async () => {
    const first = await context.request(orderId, 100, key).expect(201);

    const other = await context.request(orderId, 100, key, await context.app.manager()).expect(201);

    expect(other.body.id).not.toBe(first.body.id);
  });

  it('leaves the key to orders of the same user', async () => {
    await context.request(orderId, 100, key).expect(201);

    await context.manager.placeWithKey(await context.manager.orderFor(...TWO_LATTES), key).expect(201);
    await context.request(orderId, 100, key).expect(200);
  });

  it('leaves the key free if the refund exceeds the payment', async () => {
    await context.request(orderId, 861, key).expect(409);

    await context.request(orderId, 860, key).expect(201);
  });

  it('refuses a key of 256 characters with 400', async () => {
    const { body } = await context.request(orderId, 100, 'x'.repeat(256)).expect(400);

    expect(body.code).toBe('invalid_idempotency_key');
  });
});
