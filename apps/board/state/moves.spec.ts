import { dueMoves, isLate, nextDueInMs, type Move, type Moves } from './moves.js';

function move(dueAt: number, isSent = false): Move {
  return { from: 'waiting', to: 'preparation', dueAt, isSent };
}

const MOVES: Moves = new Map([
  ['sent', move(100, true)],
  ['first', move(1000)],
  ['second', move(2000)],
]);

describe('Moves', () => {
  it('are due at their time, unless they are sent', () => {
    const dueAt = (now: number): string[] => dueMoves(MOVES, now).map(([orderId]) => orderId);

    expect(dueAt(999)).toEqual([]);
    expect(dueAt(1000)).toEqual(['first']);
    expect(dueAt(5000)).toEqual(['first', 'second']);
  });

  it('are late two seconds after they were due', () => {
    expect(isLate(move(1000), 3000)).toBe(false);
    expect(isLate(move(1000), 3001)).toBe(true);
  });

  it('are waited for until the first is due', () => {
    expect(nextDueInMs(MOVES, 400)).toBe(600);
    expect(nextDueInMs(MOVES, 1500)).toBe(0);
  });

  it('need no wait once all are sent', () => {
    expect(nextDueInMs(new Map([['sent', move(100, true)]]), 0)).toBeUndefined();
  });
});
