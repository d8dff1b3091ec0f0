import { randomUUID } from 'node:crypto';
import { EventStreamClient } from '../support/event-stream-client.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

describe('GET /orders/{id}/stream', () => {
  let app: TestApp;
  let customer: Person;
  let barista: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [customer, barista] = await Promise.all([app.customer(), app.barista()]);
  });
  afterAll(() => app.close());

  it.each(['customer', 'barista'])('sends the order and each of its changes to the %s', async (role) => {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);
    const reader = role === 'customer' ? customer : barista;
    const stream = await EventStreamClient.open(reader, `/api/v1/orders/${order.id}/stream`);
    await stream.event('snapshot');
    await customer.placeOrder(['Latte', 'Vanilla']);

    for (const status of ['preparation', 'ready', 'delivered']) {
      const { body } = await barista.changeStatus(order.id, status).expect(200);
      expect(await stream.order(order.id, status)).toEqual(body);
    }

    expect(stream.orders('snapshot')).toEqual([order]);
    expect(stream.names).toEqual(['snapshot', 'order', 'order', 'order']);
    stream.close();
  });

  it('sends the refund of an order that has left the board', async () => {
    const worker = await app.startWorker();
    const { id, total_cents: total } = await customer.placeOrder(['Latte', 'Vanilla']);
    const stream = await EventStreamClient.open(customer, `/api/v1/orders/${id}/stream`);
    await stream.event('snapshot');

    await customer.post(`/api/v1/orders/${id}/cancel`).expect(200);

    const { data } = await stream.event('order', (json) => !json.includes('"refunded_cents":0'));
    expect(JSON.parse(data)).toMatchObject({ status: 'cancelled', refunded_cents: total });
    stream.close();
    await worker.close();
  });

  it("is 404 for another customer's order, as for an unknown one", async () => {
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    const stranger = await app.customer();

    for (const orderId of [id, randomUUID()]) {
      const { body } = await stranger.get(`/api/v1/orders/${orderId}/stream`).expect(404);
      expect(body.code).toBe('order_not_found');
    }
  });
});
