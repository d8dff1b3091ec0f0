import type { Person } from '../../test/support/person.js';
import { allowedPairs, forbiddenPairs, ignore, ObservedTransitions } from '../../test/support/state-pairs.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { CancellationsService } from './cancellations.service.js';
import { ORDER_STATUSES, ORDER_TRANSITIONS, type OrderStatus } from './order-status.js';
import { InvalidStatus, InvalidTransition, OrderDelivered } from './orders.errors.js';
import { OrdersService } from './orders.service.js';

describe('the status of an order', () => {
  let app: TestApp;
  let customer: Person;
  const observed = new ObservedTransitions<OrderStatus>();

  beforeAll(async () => {
    app = await TestApp.start();
    customer = await app.customer();
    const manager = { id: (await app.manager()).id, role: 'manager', ...TEST_CONTEXT } as const;
    const orders = app.api.get(OrdersService, { strict: false });
    const cancellations = app.api.get(CancellationsService, { strict: false });
    const cancellation = { reason: null, note: null, cancelledBy: manager };
    for (const from of ORDER_STATUSES) {
      for (const to of ORDER_STATUSES) {
        const id = await put(from);
        await orders.changeStatus(id, to, manager).catch(ignore(InvalidTransition, InvalidStatus));
        observed.add(from, await statusOf(id), `changeStatus to ${to}`);
      }
      const id = await put(from);
      await cancellations.cancel(id, cancellation).catch(ignore(OrderDelivered));
      observed.add(from, await statusOf(id), 'cancel');
    }
  });
  afterAll(() => app.close());

  it('is waiting at first', async () => {
    expect(await statusOf(await placeOrder())).toBe('waiting');
  });

  it.each(allowedPairs(ORDER_TRANSITIONS))('moves from $from to $to', (pair) => {
    expect(observed.between(pair)).not.toEqual([]);
  });

  it.each(forbiddenPairs(ORDER_TRANSITIONS))('never moves from $from to $to', (pair) => {
    expect(observed.between(pair)).toEqual([]);
  });

  async function placeOrder(): Promise<string> {
    return (await customer.placeOrder(['Latte', 'Vanilla'])).id;
  }

  async function put(status: OrderStatus): Promise<string> {
    const id = await placeOrder();
    await app.database.query('UPDATE orders SET status = $2 WHERE id = $1', [id, status]);
    return id;
  }

  async function statusOf(id: string): Promise<OrderStatus> {
    const [row] = await app.database.query<{ status: OrderStatus }>(
      'SELECT status FROM orders WHERE id = $1',
      [id],
    );
    if (!row) throw new Error(`Order ${id} vanished`);
    return row.status;
  }
});
