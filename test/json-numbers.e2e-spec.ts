import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { approveWith, decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const PRODUCTS = '/api/v1/admin/products';
/** Numbers that a double cannot hold, or that several integers become. */
const CHANGED = ['1e999', '-1e999', '12345678901234567891', '-9007199254740992', '1e30', '9.1e15', '1E+308'];

describe('A number in a JSON body', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let items: string;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    items = JSON.stringify((await ana.orderFor(['Latte', 'Vanilla'])).items);
  });
  afterAll(() => app.close());

  function place(metadata: string, key: string = randomUUID()): Test {
    return ana.post(ORDERS, `{"items":${items},"metadata":${metadata}}`).set('Idempotency-Key', key);
  }

  describe.each(CHANGED)('that is %s', (number) => {
    it.each<[string, () => Test]>([
      ['metadata.pos_id', () => place(`{"pos_id":${number}}`)],
      ['metadata.a.1.b', () => place(`{"a":[1,{"b":${number}}]}`)],
      ['total_cents', () => ana.post(ORDERS, `{"items":${items},"total_cents":${number}}`)],
      ['items.0.quantity', () => ana.post(ORDERS, `{"items":[{"quantity":${number}}]}`)],
      ['base_price_cents', () => manager.post(PRODUCTS, `{"name":"x","base_price_cents":${number}}`)],
      [
        'base_price_cents',
        () => manager.patch(`${PRODUCTS}/${randomUUID()}`, `{"base_price_cents":${number}}`),
      ],
      ['status', () => manager.patch(`${ORDERS}/${randomUUID()}/status`, `{"status":${number}}`)],
      ['note', () => manager.post(`/api/v1/admin/placements/${randomUUID()}/resolve`, `{"note":${number}}`)],
    ])('is refused with 422 as %s', async (field, send) => {
      const requests = app.payments.requests.length;

      const { body } = await send().expect(422);

      expect(body.code).toBe('invalid_request');
      expect(body.errors).toContainEqual({ field, message: expect.stringContaining('must') as unknown });
      expect(app.payments.requests).toHaveLength(requests);
    });
  });

  it('does not use up the key of a refused request', async () => {
    const key = randomUUID();
    await place('{"pos_id":12345678901234567891}', key).expect(422);

    await place('{"pos_id":"12345678901234567891"}', key).expect(201);
  });

  it.each(['9007199254740991', '-9007199254740991', '0.1', '-2.5e-300', '0'])(
    'is stored if it is %s',
    async (number) => {
      const { body } = await place(`{"pos_id":${number}}`).expect(201);

      const { body: read } = await ana.get(`${ORDERS}/${body.id}`).expect(200);
      expect(read.metadata).toEqual({ pos_id: Number(number) });
    },
  );

  it('is kept as text in a provider response if a double cannot hold it', async () => {
    const text = '{"id":12345678901234567891}';
    app.payments.once(approveWith(text));
    const { body: placed } = await place('{}').expect(201);
    app.payments.once(decline(402, text));
    const { body: declined } = await place('{}').expect(402);

    const [payment] = await app.database.query('SELECT response_payload FROM payments WHERE order_id = $1', [
      placed.id,
    ]);
    expect(payment).toEqual({ response_payload: text });
    expect(declined.provider).toEqual({ status: 402, body: text });
  });
});
