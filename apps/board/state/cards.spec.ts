import {
  after,
  LIVE,
  LOST,
  MOVED,
  orderWith,
  SNAPSHOT,
  snapshotOf,
  WAITING,
} from '../spec-support/boards.js';
import { EMPTY_BOARD } from './board-state.js';
import { newOrders } from './cards.js';
import { reduce } from './reducer.js';

describe('New orders', () => {
  const another = orderWith({ id: 'b' });

  it('are those that were not on the board', () => {
    const before = after(SNAPSHOT, LIVE);

    expect(newOrders(before, reduce(before, { type: 'order', order: another }))).toEqual([another]);
  });

  it('are not those of the first snapshot', () => {
    expect(newOrders(EMPTY_BOARD, after(SNAPSHOT))).toEqual([]);
  });

  it('are also those that came while the connection was lost', () => {
    const before = after(SNAPSHOT, LIVE, LOST);

    expect(newOrders(before, reduce(before, snapshotOf(WAITING, another)))).toEqual([another]);
  });

  it('are not those that moved', () => {
    const before = after(SNAPSHOT, LIVE);

    expect(newOrders(before, reduce(before, { type: 'order', order: MOVED }))).toEqual([]);
  });
});
