import type { Order } from '../api/types.js';
import { EMPTY_BOARD, reduce, type Action, type BoardState } from './board-state.js';
import { cardsIn, newOrders } from './cards.js';
import { UNDO_MS } from './moves.js';
import { COLUMNS } from './status.js';

function orderWith(fields: Partial<Order>): Order {
  return {
    id: 'a',
    customer_id: 'c',
    status: 'waiting',
    number: 42,
    pickup_name: 'Ada',
    note: null,
    metadata: null,
    items: [],
    payment: { id: 'p', amount_cents: 0, response_status_code: null },
    total_cents: 0,
    refunded_cents: 0,
    cancellation: null,
    created_at: '2026-11-25T08:00:00Z',
    updated_at: '2026-11-25T08:00:00Z',
    ...fields,
  };
}

const WAITING = orderWith({ id: 'a', status: 'waiting' });
const MOVED = { ...WAITING, status: 'preparation' as const };
const SNAPSHOT: Action = { type: 'snapshot', board: { orders: [WAITING], truncated: false } };
const LIVE: Action = { type: 'connection', connection: 'live' };
const LOST: Action = { type: 'connection', connection: 'lost' };
const MOVE: Action = { type: 'move', orderId: 'a', now: 1000 };

function after(...actions: Action[]): BoardState {
  return actions.reduce(reduce, EMPTY_BOARD);
}

/** Returns the ids of the orders in each column. */
function columns(state: BoardState): string[][] {
  return COLUMNS.map(({ status }) => cardsIn(status, state).map(({ order }) => order.id));
}

describe('The board', () => {
  it('shows what the last snapshot has, and nothing else', () => {
    const other = orderWith({ id: 'b', status: 'ready' });
    const state = after(SNAPSHOT, { type: 'snapshot', board: { orders: [other], truncated: true } });

    expect(columns(state)).toEqual([[], [], ['b']]);
    expect(state.truncated).toBe(true);
  });

  it('shows the oldest order first', () => {
    const older = orderWith({ id: 'z', status: 'waiting', created_at: '2026-11-25T07:59:00Z' });

    expect(columns(after(SNAPSHOT, { type: 'order', order: older }))).toEqual([['z', 'a'], [], []]);
  });

  it('shows an order in the column of its status', () => {
    expect(columns(after(SNAPSHOT, { type: 'order', order: MOVED }))).toEqual([[], ['a'], []]);
  });

  it('drops an order that was handed over', () => {
    const order = { ...WAITING, status: 'delivered' as const };

    expect(columns(after(SNAPSHOT, { type: 'order', order }))).toEqual([[], [], []]);
  });

  it.each(['preparation', 'delivered'] as const)(
    'ignores a late event of before an order was in %s',
    (status) => {
      const known = after(SNAPSHOT, { type: 'order', order: { ...WAITING, status } });

      expect(reduce(known, { type: 'order', order: WAITING })).toBe(known);
    },
  );

  it('keeps an order that somebody cancelled in its column until it is dismissed', () => {
    const order = { ...WAITING, status: 'cancelled' as const };
    const state = after(SNAPSHOT, { type: 'order', order: MOVED }, { type: 'order', order });

    expect(columns(state)).toEqual([[], ['a'], []]);
    expect(cardsIn('preparation', state)[0]?.isCancelled).toBe(true);
    expect(columns(reduce(state, { type: 'snapshot', board: { orders: [], truncated: false } }))[1]).toEqual([
      'a',
    ]);
    expect(columns(reduce(state, { type: 'dismissed', orderId: 'a' }))).toEqual([[], [], []]);
  });

  it('replaces menu and shop', () => {
    const state = after({ type: 'menu', menu: { products: [] } });

    expect(state.menu).toEqual({ products: [] });
  });
});

describe('A move', () => {
  it('is not sent before the time to undo it is over', () => {
    expect(after(SNAPSHOT, LIVE, MOVE).moves.get('a')).toEqual({
      from: 'waiting',
      to: 'preparation',
      dueAt: 1000 + UNDO_MS,
      isSent: false,
    });
  });

  it('leaves the card in its place until it is sent', () => {
    expect(columns(after(SNAPSHOT, LIVE, MOVE))).toEqual([['a'], [], []]);
    expect(columns(after(SNAPSHOT, LIVE, MOVE, { type: 'sent', orderId: 'a' }))).toEqual([[], ['a'], []]);
  });

  it('can be undone', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, { type: 'undo', orderId: 'a' }).moves.size).toBe(0);
  });

  it('cannot be undone once it is sent', () => {
    const state = after(SNAPSHOT, LIVE, MOVE, { type: 'sent', orderId: 'a' }, { type: 'undo', orderId: 'a' });

    expect(state.moves.size).toBe(1);
  });

  it('cannot be made twice', () => {
    const moved = after(SNAPSHOT, LIVE, MOVE);

    expect(reduce(moved, { ...MOVE, now: 2000 })).toBe(moved);
  });

  it('cannot be made without a connection', () => {
    expect(after(SNAPSHOT, LIVE, LOST, MOVE).moves.size).toBe(0);
  });

  it('ends when the order has moved', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, { type: 'order', order: MOVED }).moves.size).toBe(0);
  });

  it('ends when a snapshot shows that the order has moved', () => {
    const board = { orders: [MOVED], truncated: false };

    expect(after(SNAPSHOT, LIVE, MOVE, { type: 'snapshot', board }).moves.size).toBe(0);
  });

  it('ends with a notice on the card when it is refused', () => {
    const state = after(
      SNAPSHOT,
      LIVE,
      MOVE,
      { type: 'sent', orderId: 'a' },
      {
        type: 'refused',
        orderId: 'a',
        reason: 'Not now',
      },
    );

    expect(columns(state)).toEqual([['a'], [], []]);
    expect(cardsIn('waiting', state)[0]).toMatchObject({ move: undefined, notice: 'Not now' });
  });

  it('takes a notice away when it arrives after all', () => {
    const refused: Action = { type: 'refused', orderId: 'a', reason: 'No answer' };

    expect(after(SNAPSHOT, LIVE, refused, { type: 'order', order: MOVED }).notices.size).toBe(0);
  });

  it('removes the notice of the one before', () => {
    const refused: Action = { type: 'refused', orderId: 'a', reason: 'Not now' };

    expect(after(SNAPSHOT, LIVE, refused, MOVE).notices.size).toBe(0);
  });

  it('is dropped with a notice if the connection is lost before it is sent', () => {
    const state = after(SNAPSHOT, LIVE, MOVE, LOST);

    expect(state.moves.size).toBe(0);
    expect(cardsIn('waiting', state)[0]?.notice).toContain('connection was lost');
  });

  it('is kept if the connection is lost after it was sent', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, { type: 'sent', orderId: 'a' }, LOST).moves.size).toBe(1);
  });
});

describe('New orders', () => {
  const another = orderWith({ id: 'b', status: 'waiting' });

  it('are those that were not on the board', () => {
    const before = after(SNAPSHOT, LIVE);

    expect(newOrders(before, reduce(before, { type: 'order', order: another }))).toEqual([another]);
  });

  it('are not those of the first snapshot', () => {
    expect(newOrders(EMPTY_BOARD, after(SNAPSHOT))).toEqual([]);
  });

  it('are also those that came while the connection was lost', () => {
    const before = after(SNAPSHOT, LIVE, LOST);
    const board = { orders: [WAITING, another], truncated: false };

    expect(newOrders(before, reduce(before, { type: 'snapshot', board }))).toEqual([another]);
  });

  it('are not those that moved', () => {
    const before = after(SNAPSHOT, LIVE);

    expect(newOrders(before, reduce(before, { type: 'order', order: MOVED }))).toEqual([]);
  });
});
