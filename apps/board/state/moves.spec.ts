import { dueMoves, nextDueInMs, type Move, type Moves } from './moves.js';

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
    expect(dueMoves(MOVES, 999)).toEqual([]);
    expect(dueMoves(MOVES, 1000)).toEqual(['first']);
    expect(dueMoves(MOVES, 5000)).toEqual(['first', 'second']);
  });

  it('are waited for until the first is due', () => {
    expect(nextDueInMs(MOVES, 400)).toBe(600);
    expect(nextDueInMs(MOVES, 1500)).toBe(0);
  });

  it('need no wait once all are sent', () => {
    expect(nextDueInMs(new Map([['sent', move(100, true)]]), 0)).toBeUndefined();
  });
});
