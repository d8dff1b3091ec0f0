import { isOrderStatus, ORDER_STATUSES, type OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';
import { InvalidTransition } from './orders.errors.js';

/** The contract's own list: every step that there is, and what is said where another is tried. */
const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'] as const;
const ALLOWED = ['waiting → preparation', 'preparation → ready', 'ready → delivered'];
const REFUSALS = {
  waiting: 'Invalid transition: current status is waiting, only next allowed is preparation.',
  preparation: 'Invalid transition: current status is preparation, only next allowed is ready.',
  ready: 'Invalid transition: current status is ready, only next allowed is delivered.',
  delivered: 'Invalid transition: current status is delivered, only next allowed is none.',
};

const pairs = STATUSES.flatMap((from) => STATUSES.map((to) => ({ from, to, step: `${from} → ${to}` })));

describe("an order's status", () => {
  it('is one of four, in this order', () => {
    expect(ORDER_STATUSES).toEqual(STATUSES);
  });

  it.each(pairs.filter(({ step }) => ALLOWED.includes(step)))('goes $step', ({ from, to, step }) => {
    const order = orderIn(from);

    expect(order.transitionTo(to)).toBe(ALLOWED.indexOf(step) + 1);
    expect(order.status).toBe(to);
  });

  it.each(pairs.filter(({ step }) => !ALLOWED.includes(step)))('never goes $step', ({ from, to }) => {
    const order = orderIn(from);

    expect(() => order.transitionTo(to)).toThrow(InvalidTransition);
    expect(() => order.transitionTo(to)).toThrow(REFUSALS[from]);
    expect(order.status).toBe(from);
  });

  it.each(STATUSES)('may be called %s', (status) => {
    expect(isOrderStatus(status)).toBe(true);
  });

  it.each(['cancelled', 'Waiting', ' waiting', '', 'toString', '__proto__', 'constructor'])(
    'is not called %j',
    (text) => {
      expect(isOrderStatus(text)).toBe(false);
    },
  );
});

function orderIn(status: OrderStatus): Order {
  return Object.assign(new Order(), { status });
}
