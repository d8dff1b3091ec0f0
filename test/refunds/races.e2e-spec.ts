import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Response, Test } from 'supertest';
import { untilStatementsWait } from '../support/database-connections.js';
import { RefundContext, WITHOUT_PROVIDER } from './refund-context.js';

describe('Concurrent requests for refunds', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
  });
  afterAll(() => context.close());

  /** Sends requests, and unlocks the charge of their order when several of them wait for it. */
  async function whileChargeIsLocked(orderId: string, send: () => Test[]): Promise<Response[]> {
    const client = new pg.Client({ connectionString: context.app.database.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM order_placements WHERE order_id = $1 FOR UPDATE', [orderId]);
    const responses = Promise.all(send());
    await untilStatementsWait(context.app.database, 5);
    await client.query('COMMIT');
    await client.end();
    return responses;
  }

  it('with one key record one refund', async () => {
    const { id } = await context.placeOrder();
    const key = randomUUID();

    const responses = await Promise.all(Array.from({ length: 20 }, () => context.request(id, 100, key)));

    expect(responses.map(({ status }) => status).toSorted()).toEqual([...Array<number>(19).fill(200), 201]);
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(await context.refundsOf(id)).toHaveLength(1);
  });

  it('with one key for the whole payment record one refund', async () => {
    const { id } = await context.placeOrder();
    const key = randomUUID();

    const responses = await Promise.all(Array.from({ length: 20 }, () => context.request(id, 860, key)));

    expect(responses.map(({ status }) => status).toSorted()).toEqual([...Array<number>(19).fill(200), 201]);
  });

  it('never give back more than the payment', async () => {
    const { id } = await context.placeOrder();

    const responses = await Promise.all(Array.from({ length: 40 }, () => context.request(id, 100)));

    const refused = responses.filter(({ status }) => status === 409);
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(8);
    expect(refused).toHaveLength(32);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ code: 'refund_exceeds_payment', refundable_cents: 60 });
      expect(headers['retry-after']).toBeUndefined();
    }
    expect(await context.refundsOf(id)).toHaveLength(8);
  });

  it('that have waited for the charge see what is left of it', async () => {
    const { id } = await context.placeOrder();

    const responses = await whileChargeIsLocked(id, () =>
      Array.from({ length: 8 }, () => context.request(id, 300)),
    );

    const refused = responses.filter(({ status }) => status === 409);
    expect(refused.map(({ body }) => body.refundable_cents)).toEqual(Array(6).fill(260));
    expect(await context.refundsOf(id)).toHaveLength(2);
  });

  it('and rejections keep the sum at the payment', async () => {
    const { id } = await context.placeOrder();
    const refunds = await Promise.all(Array.from({ length: 8 }, () => context.requested(id, 100)));

    await Promise.all([
      ...refunds.slice(4).map((refund) => context.resolve(refund.id, 'not_refunded').expect(200)),
      ...Array.from({ length: 20 }, () => context.request(id, 100)),
    ]);
    await context.request(id, 500);

    const [sums] = await context.app.database.query<{ reserved: number; sum: number }>(
      `SELECT p.refund_reserved_cents AS reserved, sum(r.amount_cents)::int AS sum
         FROM order_placements p JOIN refunds r ON r.placement_id = p.id
        WHERE p.order_id = $1 AND r.state <> 'rejected' GROUP BY p.id`,
      [id],
    );
    expect(sums?.sum).toBe(sums?.reserved);
    expect(sums?.reserved).toBeLessThanOrEqual(860);
  });
});
