import type { Board, OrderSnapshot } from '#orders';
import { BoardState } from './board-state.js';

const NO_NEWS = new Map<string, string>();

/** An entry of the board, with its content. */
function entry(id: string, version: string, isOnBoard = true): Board['entries'][number] {
  return { ...unchanged(id, version, isOnBoard), order: orderOf(id, version) };
}

/** An entry whose version is known. */
function unchanged(id: string, version: string, isOnBoard = true): Board['entries'][number] {
  return { id, version, isOnBoard, order: undefined };
}

function orderOf(id: string, note: string): OrderSnapshot {
  const at = new Date(0);
  return {
    ...{ id, note, customerId: 'customer', status: 'waiting', totalCents: 0, metadata: null, items: [] },
    ...{ createdAt: at, updatedAt: at, number: 1, pickupName: null, cancellation: null, refundedCents: 0 },
    payment: { id: 'payment', amountCents: 0, responseStatusCode: null },
  };
}

describe('BoardState', () => {
  let state: BoardState;

  beforeEach(() => {
    state = new BoardState();
    state.apply({ entries: [entry('a', '1'), entry('b', '1')], truncated: false }, NO_NEWS);
  });

  /** Returns the orders of the latest events, as `id version`. */
  function sent(orderId?: string): string[] {
    const events = state.changes(orderId)?.toString() ?? '';
    return [...events.matchAll(/event: order\ndata: .*?"id":"(\w+)".*"note":"(\w+)"/g)].map(
      ([, id, note]) => `${id} ${note}`,
    );
  }

  it('asks for the orders on the board by their versions, and for followed ones', () => {
    expect([...state.versionsOf(['a', 'c'])]).toEqual([
      ['a', '1'],
      ['b', '1'],
      ['c', null],
    ]);
  });

  it('sends only what changed', () => {
    state.apply({ entries: [unchanged('a', '1'), entry('b', '2')], truncated: false }, NO_NEWS);

    expect(sent()).toEqual(['b 2']);
  });

  it('sends nothing for another version with the same content', () => {
    const same = { ...entry('b', '1'), version: '2' };
    state.apply({ entries: [unchanged('a', '1'), same], truncated: false }, NO_NEWS);

    expect(state.changes()).toBeUndefined();
  });

  it('sends an order that leaves the board once', () => {
    state.apply({ entries: [entry('a', '2', false), unchanged('b', '1')], truncated: false }, NO_NEWS);
    expect(sent()).toEqual(['a 2']);
    expect(state.snapshot().toString()).not.toContain('"a"');

    state.apply({ entries: [entry('a', '3', false), unchanged('b', '1')], truncated: false }, NO_NEWS);
    expect(sent()).toEqual([]);
    expect(sent('a')).toEqual(['a 3']);
  });

  it('sends a followed order that enters the board unchanged to the board only', () => {
    const followed = { entries: [unchanged('a', '1'), unchanged('b', '1'), entry('c', '1', false)] };
    state.apply({ ...followed, truncated: true }, NO_NEWS);
    expect(sent()).toEqual([]);

    state.apply({ entries: [unchanged('b', '1'), unchanged('c', '1')], truncated: false }, NO_NEWS);
    expect(sent()).toEqual(['c 1']);
    expect(sent('c')).toEqual([]);
  });

  it('needs another snapshot of the board when its end was cut off, or no longer', () => {
    const entries = [unchanged('a', '1'), unchanged('b', '1')];
    const needs = [true, true, false].map((truncated) => {
      state.apply({ entries, truncated }, NO_NEWS);
      return [state.needsSnapshot(), state.needsSnapshot('a')];
    });

    expect(needs).toEqual([
      [true, false],
      [false, false],
      [true, false],
    ]);
  });

  it('sends news that changed', () => {
    const entries = [unchanged('a', '1'), unchanged('b', '1')];
    state.apply({ entries, truncated: false }, new Map([['menu', '{}']]));
    expect(state.changes()?.toString()).toBe('event: menu\ndata: {}\n\n');

    state.apply({ entries, truncated: false }, new Map([['menu', '{}']]));
    expect(state.changes()).toBeUndefined();
  });
});
