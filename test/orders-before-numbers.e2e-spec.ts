import { randomUUID } from 'node:crypto';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PLACEMENT_ID = '0198f6a0-0000-7000-8000-00000000000a';
const ORDER_ID = '0198f6a0-0000-7000-8000-00000000000b';
const PAYMENT_ID = '0198f6a0-0000-7000-8000-00000000000c';
const LINE_ID = '0198f6a0-0000-7000-8000-00000000000d';
const PRODUCT_ID = '0198f6a0-0000-7000-8000-000000000001';
const VARIATION_ID = '0198f6a0-0000-7000-8000-000000000002';
const REQUEST = {
  items: [{ product_id: PRODUCT_ID, variation_id: VARIATION_ID, quantity: 2 }],
  total_cents: 860,
  metadata: { table: 4 },
};
/** As the former version stored them. */
const FINGERPRINT = 'db1a8893eeb27848a55640366290fe7ccbe2d7ecd42536578f5d1d117b6296f5';
const DRAFT =
  `{"items":[{"id":"${LINE_ID}","productId":"${PRODUCT_ID}","variationId":"${VARIATION_ID}","productName":"Latte",` +
  `"variationName":"Vanilla","quantity":2,"productBasePriceCents":400,"variationPriceChangeCents":30,"unitPriceCents":430,` +
  `"lineTotalCents":860}],"metadata":{"table":4}}`;

describe('An order that was placed before there were numbers', () => {
  let app: TestApp;
  let ana: Person;
  let key: string;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    ana = await app.customer();
    await app.database.query(
      `INSERT INTO products (id, name, base_price_cents) VALUES ('${PRODUCT_ID}', 'Old Latte', 400)`,
    );
    await app.database.query(
      `INSERT INTO product_variations (id, product_id, name, price_change_cents, position)
       VALUES ('${VARIATION_ID}', '${PRODUCT_ID}', 'Vanilla', 30, 0)`,
    );
  });
  // The document describes only orders with numbers: the former ones are gone a day after the upgrade.
  afterAll(() => expect(app.close()).rejects.toThrow("must have required property 'number'"));

  beforeEach(async () => {
    key = randomUUID();
    await app.database.query('TRUNCATE orders, order_placements CASCADE');
  });

  /** Inserts the placement and its key as the former version wrote them. */
  async function insertPlacement(state: string, settledAt: string | null): Promise<void> {
    await app.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, state, lease_expires_at, request_id,
                                     response_status_code, response_payload, settled_at)
       VALUES ($1, $2, $3, $4, 860, $5, $6, CASE WHEN $7::timestamptz IS NULL THEN now() END, 'old', 200, '{"status": "approved"}', $7)`,
      [PLACEMENT_ID, ORDER_ID, PAYMENT_ID, ana.id, DRAFT, state, settledAt],
    );
    await app.database.query(
      `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, placement_id, expires_at)
       VALUES ($1, sha256($2), $3, $4, now() + interval '24 hours')`,
      [ana.id, Buffer.from(key), Buffer.from(FINGERPRINT, 'hex'), PLACEMENT_ID],
    );
  }

  /** The response of the former version. */
  function formerResponse(time: string): string {
    return (
      `{"id":"${ORDER_ID}","customer_id":"${ana.id}","status":"waiting","total_cents":860,"metadata":{"table":4},` +
      `"created_at":"${time}","updated_at":"${time}","items":[{"id":"${LINE_ID}","product_id":"${PRODUCT_ID}",` +
      `"variation_id":"${VARIATION_ID}","product_name":"Latte","variation_name":"Vanilla","quantity":2,` +
      `"product_base_price_cents":400,"variation_price_change_cents":30,"unit_price_cents":430,"line_total_cents":860}],` +
      `"payment":{"id":"${PAYMENT_ID}","amount_cents":860,"response_status_code":200}}`
    );
  }

  it.each([
    ['the same request', REQUEST],
    ['null for fields that it did not know', { ...REQUEST, pickup_name: null, note: null }],
    ['a blank note', { ...REQUEST, note: ' ' }],
  ])('is replayed with the bytes of that time to %s', async (_, request) => {
    await insertPlacement('placed', '2026-11-01T08:00:00.123Z');

    const { text } = await ana.placeWithKey(request, key).expect(200);

    expect(text).toBe(formerResponse('2026-11-01T08:00:00.123Z'));
  });

  it('refuses its key to a request with a pickup name', async () => {
    await insertPlacement('placed', '2026-11-01T08:00:00.123Z');

    const { body } = await ana.placeWithKey({ ...REQUEST, pickup_name: 'Ada' }, key).expect(422);

    expect(body.code).toBe('idempotency_key_reused');
  });

  describe('if its charge was under way', () => {
    it('gets the response of that time', async () => {
      await insertPlacement('charging', null);

      const { text } = await ana.placeWithKey(REQUEST, key).expect(201);

      const { created_at: time } = JSON.parse(text) as { created_at: string };
      expect(text).toBe(formerResponse(time));
      expect((await ana.placeWithKey(REQUEST, key).expect(200)).text).toBe(text);
    });

    it('has no number when it is read', async () => {
      await insertPlacement('charging', null);
      const { body } = await ana.placeWithKey(REQUEST, key).expect(201);

      const read = await ana.get(`/api/v1/orders/${ORDER_ID}`).expect(200);

      const added = { number: null, pickup_name: null, note: null, cancellation: null, refunded_cents: 0 };
      expect(read.body).toEqual({ ...body, ...added });
    });
  });
});
