import type { Order } from '../api/types.js';
import {
  after,
  columns,
  LIVE,
  LOST,
  MOVE,
  MOVED,
  orderWith,
  SENT,
  SNAPSHOT,
  snapshotOf,
  WAITING,
} from '../spec-support/boards.js';
import type { BoardState } from './board-state.js';
import { cardsIn, countIn } from './cards.js';
import { reduce, type Action } from './reducer.js';

function withStatus(status: Order['status']): Action {
  return { type: 'order', order: orderWith({ status }) };
}

describe('The board', () => {
  it('shows what the last snapshot has', () => {
    const board = { orders: [orderWith({ id: 'b', status: 'ready' })], truncated: true };
    const state = after(snapshotOf(orderWith({ status: 'ready' })), { type: 'snapshot', board });

    expect(columns(state)).toEqual([[], [], ['b']]);
    expect(state.truncated).toBe(true);
  });

  it('shows the oldest order first', () => {
    const older = orderWith({ id: 'z', created_at: '2026-11-25T07:59:00Z' });

    expect(columns(after(SNAPSHOT, { type: 'order', order: older }))).toEqual([['z', 'a'], [], []]);
  });

  it('shows an order in the column of its status', () => {
    expect(columns(after(SNAPSHOT, withStatus('preparation')))).toEqual([[], ['a'], []]);
  });

  it('drops an order that was handed over', () => {
    expect(columns(after(SNAPSHOT, withStatus('delivered')))).toEqual([[], [], []]);
  });

  it.each(['preparation', 'delivered'] as const)(
    'ignores a late event of before an order was in %s',
    (status) => {
      const known = after(SNAPSHOT, withStatus(status));

      expect(reduce(known, { type: 'order', order: WAITING })).toBe(known);
    },
  );

  it.each([
    ['preparation', [[], ['a'], []]],
    ['delivered', [[], [], []]],
  ] as const)('ignores a late snapshot of before an order was in %s', (status, shown) => {
    expect(columns(after(SNAPSHOT, withStatus(status), SNAPSHOT))).toEqual(shown);
  });

  it('replaces menu and shop', () => {
    expect(after({ type: 'menu', menu: { products: [] } }).menu).toEqual({ products: [] });
  });
});

describe('An order that somebody cancels', () => {
  const cancelled = after(SNAPSHOT, withStatus('preparation'), withStatus('cancelled'));

  it('stays in its column', () => {
    expect(columns(cancelled)).toEqual([[], ['a'], []]);
    expect(cardsIn('preparation', cancelled)[0]?.departure).toBe('cancelled');
  });

  it('is no longer counted', () => {
    expect(countIn('preparation', after(SNAPSHOT, withStatus('preparation')))).toBe(1);
    expect(countIn('preparation', cancelled)).toBe(0);
  });

  it.each([
    ['without it', snapshotOf()],
    ['of before', snapshotOf(MOVED)],
    ['again', withStatus('cancelled')],
  ])('stays after a state %s', (_title, action) => {
    const [card] = cardsIn('preparation', reduce(cancelled, action));

    expect(card?.departure).toBe('cancelled');
  });

  it('goes when it is dismissed', () => {
    expect(columns(reduce(cancelled, { type: 'dismissed', orderId: 'a' }))).toEqual([[], [], []]);
  });
});

describe('An order that left the board while the connection was lost', () => {
  function lostFrom(status: Order['status']): BoardState {
    return after(snapshotOf(orderWith({ status })), LIVE, LOST, snapshotOf());
  }

  it.each([
    ['waiting', 0],
    ['preparation', 1],
  ] as const)('stays, marked, if it was %s', (status, column) => {
    const state = lostFrom(status);

    expect(columns(state)[column]).toEqual(['a']);
    expect(cardsIn(status, state)[0]?.departure).toBe('missing');
  });

  it('goes if it was ready', () => {
    expect(columns(lostFrom('ready'))).toEqual([[], [], []]);
  });

  it('stays over the next snapshots, until it is dismissed', () => {
    const state = reduce(lostFrom('waiting'), snapshotOf());

    expect(columns(state)[0]).toEqual(['a']);
    expect(columns(reduce(state, { type: 'dismissed', orderId: 'a' }))).toEqual([[], [], []]);
  });

  it.each([
    ['snapshot', snapshotOf(MOVED)],
    ['event', withStatus('preparation')],
  ])('is an order like others if an %s has it again', (_title, action) => {
    const [card] = cardsIn('preparation', reduce(lostFrom('waiting'), action));

    expect(card).toMatchObject({ departure: undefined });
  });

  it('no longer moves on', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, SENT, LOST, snapshotOf()).moves.size).toBe(0);
  });
});
