import type { BoardDto } from '../../apps/api/board/dto/board.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const BOARD = '/api/v1/admin/board';

describe('GET /admin/board/stream', () => {
  let app: TestApp;
  let other: ApiProcess;
  let customer: Person;
  let barista: Person;
  let manager: Person;
  let stream: EventStreamClient;

  beforeAll(async () => {
    app = await TestApp.start();
    other = await ApiProcess.start(app.environment);
    [customer, barista, manager] = await Promise.all([app.customer(), app.barista(), app.manager()]);
  });
  afterAll(async () => {
    await other.stop();
    await app.close();
  });
  beforeEach(async () => {
    stream = await EventStreamClient.ofBoard(barista);
  });
  afterEach(() => stream.close());

  async function boardOf(reader = barista): Promise<BoardDto> {
    return (await reader.get(BOARD).expect(200)).body as BoardDto;
  }

  it('begins with the body of GET /admin/board', async () => {
    await customer.placeOrder(['Latte', 'Vanilla']);

    const late = await EventStreamClient.ofBoard(barista);

    const { text } = await barista.get(BOARD).expect(200);
    expect(late.events[0]?.data).toBe(text);
    late.close();
  });

  it('has the headers and the reconnection time of a stream', () => {
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(stream.retryMs).toBe(2_000);
  });

  it('sends only the header to HEAD', async () => {
    const response = await fetch(app.url + BOARD + '/stream', {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${barista.token}` },
    });

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/event-stream',
      '',
    ]);
  });

  it.each(['this', 'another'])('sends an order that was placed through %s process', async (process) => {
    const buyer = process === 'this' ? customer : other.clientFor(customer);

    const order = await buyer.placeOrder(['Latte', 'Vanilla']);

    expect(await stream.order(order.id, 'waiting')).toEqual(order);
  });

  it('sends a delivered order once more, and nothing after it', async () => {
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    // An order that is delivered before a wave has seen it never was on the board.
    await stream.order(id, 'waiting');
    for (const status of ['preparation', 'ready', 'delivered'])
      await barista.changeStatus(id, status).expect(200);
    await stream.order(id, 'delivered');
    const next = await customer.placeOrder(['Latte', 'Vanilla']);
    await stream.order(next.id, 'waiting');

    const statuses = stream.orders().flatMap((order) => (order.id === id ? order.status : []));
    // States between two waves are skipped.
    expect(statuses.filter((status) => status === 'delivered')).toHaveLength(1);
    expect(statuses.at(-1)).toBe('delivered');
  });

  it('sends a cancelled order with its cancellation', async () => {
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    await stream.order(id, 'waiting');

    const { body } = await other.clientFor(customer).post(`/api/v1/orders/${id}/cancel`).expect(200);

    expect(await stream.order(id, 'cancelled')).toEqual(body);
  });

  it('sends an open order when a part of it was refunded', async () => {
    const worker = await app.startWorker();
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    await manager.post(`/api/v1/orders/${id}/refunds`, { amount_cents: 100, reason: 'quality' }).expect(201);

    await eventually('the refund', () => stream.orders().find((order) => order.refunded_cents === 100));
    await worker.close();
  });

  it('sends the menu when it changed', async () => {
    const product = { name: 'Cortado', base_price_cents: 300 };
    const { body } = await other.clientFor(manager).post('/api/v1/admin/products', product).expect(201);

    const { data } = await stream.event('menu');

    expect(data).toBe((await barista.get('/api/v1/menu').expect(200)).text);
    expect(data).toContain(body.id);
    expect(stream.names).toEqual(['snapshot', 'menu']);
  });

  it('sends the shop when it was paused, and again when the pause ended by itself', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await other.clientFor(barista).put('/api/v1/admin/shop/pause', { until }).expect(200);
    const paused = await stream.event('shop');
    expect(JSON.parse(paused.data)).toMatchObject({ open: false, reason: 'paused', paused_until: until });

    await app.database.query(`UPDATE shop_settings SET paused_until = now() + interval '300 ms'`);
    const opened = await stream.event('shop', (data) => data.includes('"open":true'));
    expect(opened.data).toBe((await barista.get('/api/v1/shop').expect(200)).text);
    expect(new Set(stream.names)).toEqual(new Set(['snapshot', 'shop']));
  });

  it('finds a change whose signal was lost', async () => {
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    await stream.order(id, 'waiting');

    await app.database.query(`UPDATE orders SET note = 'no signal' WHERE id = $1`, [id]);

    await eventually('the change', () => stream.orders().find(({ note }) => note === 'no signal'), 3_000);
  });

  it('tells the same board as GET /admin/board', async () => {
    await customer.placeOrder(['Latte', 'Vanilla']);

    const board = await boardOf();

    expect(board.orders.length).toBeGreaterThan(1);
    await eventually('the same board', () => stream.board().orders.length === board.orders.length);
    expect(stream.board()).toEqual(board);
  });
});
