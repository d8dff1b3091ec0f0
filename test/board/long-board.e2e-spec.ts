import { BOARD_SIZE } from '#orders';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

/** Open orders, placed a second apart. */
const INSERT_ORDERS = `
  WITH placed AS (
    INSERT INTO orders (id, customer_id, status, total_cents, created_at, updated_at)
    SELECT gen_random_uuid(), $1, 'waiting', 430, at, at
      FROM generate_series(1, $2) n, LATERAL (SELECT date_trunc('second', now()) - n * interval '1 second' AS at) times
    RETURNING id),
  items AS (
    INSERT INTO order_items (id, order_id, position, product_id, product_name, variation_id, variation_name, quantity,
                             product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
    SELECT gen_random_uuid(), placed.id, 0, v.product_id, 'Latte', v.id, v.name, 1, 400, 30, 430, 430
      FROM placed, (SELECT * FROM product_variations LIMIT 1) v)
  INSERT INTO payments (id, order_id, amount_cents, request_payload) SELECT gen_random_uuid(), id, 430, '{}' FROM placed`;

describe('A stream of a board that is full', () => {
  it('gets another snapshot when an order does not fit, and when all fit again', async () => {
    const app = await TestApp.start();
    const [customer, barista] = await Promise.all([app.customer(), app.barista()]);
    await app.database.query(INSERT_ORDERS, [customer.id, BOARD_SIZE]);
    const stream = await EventStreamClient.ofBoard(barista);
    expect(stream.board().truncated).toBe(false);

    await customer.placeOrder(['Latte', 'Vanilla']);
    await eventually('a board that is cut', () => stream.board().truncated);
    const [first] = stream.board().orders;
    await barista.post(`/api/v1/orders/${first?.id}/cancel`, { reason: 'other' }).expect(200);
    await eventually('a whole board', () => !stream.board().truncated);

    expect(stream.board()).toEqual((await barista.get('/api/v1/admin/board').expect(200)).body);
    expect(stream.names.filter((name) => name === 'snapshot')).toHaveLength(3);
    expect(stream.orders().find(({ id }) => id === first?.id)?.status).toBe('cancelled');
    stream.close();
    await app.close();
  });
});
