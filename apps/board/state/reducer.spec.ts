import {
  after,
  columns,
  LIVE,
  LOST,
  MOVE,
  MOVED,
  SENT,
  SNAPSHOT,
  snapshotOf,
} from '../spec-support/boards.js';
import { cardsIn } from './cards.js';
import { UNDO_MS } from './moves.js';
import { reduce, type Action } from './reducer.js';

const REFUSED: Action = { type: 'refused', orderId: 'a', reason: 'Not now' };

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
    expect(columns(after(SNAPSHOT, LIVE, MOVE, SENT))).toEqual([[], ['a'], []]);
  });

  it('can be undone', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, { type: 'undo', orderId: 'a' }).moves.size).toBe(0);
  });

  it('cannot be undone once it is sent', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, SENT, { type: 'undo', orderId: 'a' }).moves.size).toBe(1);
  });

  it('cannot be made twice', () => {
    const moved = after(SNAPSHOT, LIVE, MOVE);

    expect(reduce(moved, { ...MOVE, now: 2000 })).toBe(moved);
  });

  it('cannot be made without a connection', () => {
    expect(after(SNAPSHOT, LIVE, LOST, MOVE).moves.size).toBe(0);
  });

  it.each([
    ['event', { type: 'order', order: MOVED } as const],
    ['snapshot', snapshotOf(MOVED)],
  ])('ends when an %s shows that the order has moved', (_title, action) => {
    expect(after(SNAPSHOT, LIVE, MOVE, action).moves.size).toBe(0);
  });

  it('is dropped with a notice if the connection is lost before it is sent', () => {
    const state = after(SNAPSHOT, LIVE, MOVE, LOST);

    expect(state.moves.size).toBe(0);
    expect(cardsIn('waiting', state)[0]?.notice).toContain('connection was lost');
  });

  it('is kept if the connection is lost after it was sent', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, SENT, LOST).moves.size).toBe(1);
  });
});

describe('The notice of a refused move', () => {
  const refused = after(SNAPSHOT, LIVE, MOVE, SENT, REFUSED);

  it('is on the card, which is back in its place', () => {
    expect(columns(refused)).toEqual([['a'], [], []]);
    expect(cardsIn('waiting', refused)[0]).toMatchObject({ move: undefined, notice: 'Not now' });
  });

  it('does not come if the order has moved meanwhile', () => {
    expect(after(SNAPSHOT, LIVE, MOVE, SENT, { type: 'order', order: MOVED }, REFUSED).notices.size).toBe(0);
  });

  it.each([
    ['the order moves after all', { type: 'order', order: MOVED } as const],
    ['a snapshot has the order moved', snapshotOf(MOVED)],
    ['the next move is made', MOVE],
    ['it is dismissed', { type: 'dismissed', orderId: 'a' } as const],
  ])('goes when %s', (_title, action) => {
    expect(reduce(refused, action).notices.size).toBe(0);
  });

  it('stays when the connection comes back', () => {
    expect(reduce(refused, SNAPSHOT).notices.size).toBe(1);
  });
});
