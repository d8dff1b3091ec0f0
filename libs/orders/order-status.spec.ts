import { ROLES } from '#users';
import { CANCELLABLE, isProgressStatus, ORDER_STATUSES, type OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';
import { InvalidTransition, OrderDelivered, OrderInPreparation } from './orders.errors.js';

/** Written out again, so that the test does not depend on the table of transitions. */
const PROGRESS = ['waiting', 'preparation', 'ready', 'delivered'] as const;
const STATUSES = [...PROGRESS, 'cancelled'] as const;
const ALLOWED = ['waiting → preparation', 'preparation → ready', 'ready → delivered'];
const MESSAGES = {
  waiting: 'Invalid transition: current status is waiting, only next allowed is preparation.',
  preparation: 'Invalid transition: current status is preparation, only next allowed is ready.',
  ready: 'Invalid transition: current status is ready, only next allowed is delivered.',
  delivered: 'Invalid transition: current status is delivered, only next allowed is none.',
  cancelled: 'Invalid transition: current status is cancelled, only next allowed is none.',
};

const pairs = STATUSES.flatMap((from) => PROGRESS.map((to) => ({ from, to, step: `${from} → ${to}` })));

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

describe('Order.cancel', () => {
  const CANCELLED_BY = {
    customer: {
      waiting: 'cancelled',
      preparation: OrderInPreparation,
      ready: OrderInPreparation,
      delivered: OrderDelivered,
    },
    barista: {
      waiting: 'cancelled',
      preparation: OrderInPreparation,
      ready: OrderInPreparation,
      delivered: OrderDelivered,
    },
    manager: {
      waiting: 'cancelled',
      preparation: 'cancelled',
      ready: 'cancelled',
      delivered: OrderDelivered,
    },
  } as const;
  const cases = ROLES.flatMap((role) =>
    PROGRESS.map((from) => ({ role, from, expected: CANCELLED_BY[role][from] })),
  );

  it.each(cases.filter(({ expected }) => expected === 'cancelled'))(
    'allows a $role to cancel in $from',
    ({ role, from }) => {
      const order = orderIn(from);

      order.cancel(role);

      expect(order.status).toBe('cancelled');
    },
  );

  it.each(cases.filter(({ expected }) => expected !== 'cancelled'))(
    'refuses that a $role cancels in $from',
    ({ role, from, expected }) => {
      const order = orderIn(from);

      expect(() => order.cancel(role)).toThrow(expected);
      expect(order.status).toBe(from);
    },
  );

  it('has a rule for each role', () => {
    expect(Object.keys(CANCELLABLE)).toEqual(ROLES);
  });
});

describe('ORDER_STATUSES', () => {
  it('lists the statuses in their order', () => {
    expect(ORDER_STATUSES).toEqual(STATUSES);
  });
});

describe('isProgressStatus', () => {
  it.each(PROGRESS)('returns true for %s', (status) => {
    expect(isProgressStatus(status)).toBe(true);
  });

  it.each(['cancelled', 'Waiting', ' waiting', '', 'toString', '__proto__', 'constructor'])(
    'returns false for %j',
    (text) => {
      expect(isProgressStatus(text)).toBe(false);
    },
  );
});
