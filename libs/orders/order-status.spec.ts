import { isOrderStatus, ORDER_STATUSES, type OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';
import { InvalidTransition } from './orders.errors.js';

/** Written out again, so that the test does not depend on the table of transitions. */
const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'] as const;
const ALLOWED = ['waiting → preparation', 'preparation → ready', 'ready → delivered'];
const MESSAGES = {
  waiting: 'Invalid transition: current status is waiting, only next allowed is preparation.',
  preparation: 'Invalid transition: current status is preparation, only next allowed is ready.',
  ready: 'Invalid transition: current status is ready, only next allowed is delivered.',
  delivered: 'Invalid transition: current status is delivered, only next allowed is none.',
};

const pairs = STATUSES.flatMap((from) => STATUSES.map((to) => ({ from, to, step: `${from} → ${to}` })));

function orderIn(status: OrderStatus): Order {
  return Object.assign(new Order(), { status });
}

describe('Order.transitionTo', () => {
  it.each(pairs.filter(({ step }) => ALLOWED.includes(step)))('allows $step', ({ from, to }) => {
    const order = orderIn(from);

    order.transitionTo(to);

    expect(order.status).toBe(to);
  });

  it.each(pairs.filter(({ step }) => !ALLOWED.includes(step)))('refuses $step', ({ from, to }) => {
    const order = orderIn(from);

    expect(() => order.transitionTo(to)).toThrow(InvalidTransition);
    expect(() => order.transitionTo(to)).toThrow(MESSAGES[from]);
    expect(order.status).toBe(from);
  });
});

describe('ORDER_STATUSES', () => {
  it('lists the statuses in their order', () => {
    expect(ORDER_STATUSES).toEqual(STATUSES);
  });
});

describe('isOrderStatus', () => {
  it.each(STATUSES)('returns true for %s', (status) => {
    expect(isOrderStatus(status)).toBe(true);
  });

  it.each(['cancelled', 'Waiting', ' waiting', '', 'toString', '__proto__', 'constructor'])(
    'returns false for %j',
    (text) => {
      expect(isOrderStatus(text)).toBe(false);
    },
  );
});
