import type { ServerResponse } from 'node:http';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { eventually } from './support/eventually.js';
import { accept } from './support/notification-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

/** Written out here, so that a change of the product's list fails a test. */
const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'];
const NEXT: Record<string, string> = { waiting: 'preparation', preparation: 'ready', ready: 'delivered' };
const INVALID_TRANSITIONS = STATUSES.flatMap((from) =>
  STATUSES.filter((to) => NEXT[from] !== to).map((to) => ({ from, to })),
);

describe('PATCH /orders/{id}/status', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  async function placeOrderInStatus(status: string): Promise<OrderDto> {
    let order = await ana.placeOrder(['Latte', 'Vanilla']);
    while (order.status !== status)
      order = (await manager.changeStatus(order.id, NEXT[order.status] ?? '').expect(200)).body as OrderDto;
    return order;
  }

  async function transitionsOf({ id }: OrderDto): Promise<unknown[]> {
    return app.database.query(
      `SELECT from_status, to_status, changed_by, changed_at FROM order_status_transitions WHERE order_id = $1 ORDER BY to_status`,
      [id],
    );
  }

  async function notificationsOf({ id }: OrderDto): Promise<unknown[]> {
    return app.database.query(
      'SELECT sequence, status, state FROM notifications WHERE order_id = $1 ORDER BY sequence',
      [id],
    );
  }

  it('changes only the status and updated_at in each step from waiting to delivered', async () => {
    const placed = await ana.placeOrder(['Latte', 'Vanilla', 2], ['Donuts', 'Jelly']);
    expect(placed.status).toBe('waiting');

    for (const status of ['preparation', 'ready', 'delivered']) {
      const { body } = await manager.changeStatus(placed.id, status).expect(200);
      expect(body).toEqual(Object.assign({}, placed, { status, updated_at: body.updated_at }));
      expect((await ana.get(`/api/v1/orders/${placed.id}`).expect(200)).body).toEqual(body);
    }
  });

  it('advances updated_at but not created_at', async () => {
    let before = await ana.placeOrder(['Latte', 'Vanilla']);

    for (const status of ['preparation', 'ready', 'delivered']) {
      const after = (await manager.changeStatus(before.id, status).expect(200)).body as OrderDto;
      expect(after.created_at).toBe(before.created_at);
      expect(Date.parse(after.updated_at)).toBeGreaterThan(Date.parse(before.updated_at));
      before = after;
    }
  });

  it.each(INVALID_TRANSITIONS)('returns 400 for the transition from $from to $to', async ({ from, to }) => {
    const order = await placeOrderInStatus(from);
    const before = await transitionsOf(order);

    const { body } = await manager.changeStatus(order.id, to).expect(400);

    expect(body).toMatchObject({
      code: 'invalid_transition',
      detail: `Invalid transition: current status is ${from}, only next allowed is ${NEXT[from] ?? 'none'}.`,
    });
    expect((await ana.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
    expect(await transitionsOf(order)).toEqual(before);
    expect(await notificationsOf(order)).toHaveLength(before.length);
  });

  it('applies one of twenty concurrent identical changes', async () => {
    const order = await ana.placeOrder(['Latte', 'Vanilla']);

    const responses = await Promise.all(
      Array.from({ length: 20 }, () => manager.changeStatus(order.id, 'preparation')),
    );

    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(400)]);
    for (const { body } of responses.filter(({ status }) => status === 400))
      expect(body.detail).toBe(
        'Invalid transition: current status is preparation, only next allowed is ready.',
      );
    expect(await transitionsOf(order)).toHaveLength(1);
    expect(await notificationsOf(order)).toHaveLength(1);
  });

  it('records the manager and the time of each transition', async () => {
    const otherManager = await app.manager();
    const order = await ana.placeOrder(['Latte', 'Vanilla']);

    const first = await manager.changeStatus(order.id, 'preparation').expect(200);
    const second = await otherManager.changeStatus(order.id, 'ready').expect(200);

    expect(await transitionsOf(order)).toEqual([
      {
        from_status: 'waiting',
        to_status: 'preparation',
        changed_by: manager.id,
        changed_at: new Date(first.body.updated_at),
      },
      {
        from_status: 'preparation',
        to_status: 'ready',
        changed_by: otherManager.id,
        changed_at: new Date(second.body.updated_at),
      },
    ]);
  });

  it('queues one notification for each transition', async () => {
    const order = await placeOrderInStatus('delivered');

    expect(await notificationsOf(order)).toEqual([
      { sequence: 1, status: 'preparation', state: 'pending' },
      { sequence: 2, status: 'ready', state: 'pending' },
      { sequence: 3, status: 'delivered', state: 'pending' },
    ]);
  });

  it('does not wait for a notification provider that hangs', async () => {
    const order = await ana.placeOrder(['Latte', 'Vanilla']);
    const held: ServerResponse[] = [];
    app.notifications.defaultBehaviour = (response) => held.push(response);
    await app.startWorker();
    await manager.changeStatus(order.id, 'preparation').expect(200);
    await eventually('a notification', () => held.length > 0);

    const startedAt = performance.now();
    await manager.changeStatus(order.id, 'ready').expect(200);
    await manager.changeStatus(order.id, 'delivered').expect(200);

    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(held.some((response) => response.writableEnded)).toBe(false);
    app.notifications.defaultBehaviour = accept;
    for (const response of held) response.end();
  });
});
