import type { Column, OpenStatus } from './status.js';

/** How long a move can be undone before it is sent. The flow of an order has no way back. */
export const UNDO_MS = 4000;
/** A move that is due for longer is not sent: the device slept meanwhile, and nobody expects it any more. */
const MAX_DELAY_MS = 2000;

/** A change of status that the board shows already and the API has not confirmed. */
export interface Move {
  from: OpenStatus;
  to: Column['next'];
  /** When it is sent, in ms since the epoch. */
  dueAt: number;
  isSent: boolean;
}

export type Moves = ReadonlyMap<string, Move>;

/** Returns the moves that are due, with the ids of their orders. */
export function dueMoves(moves: Moves, now: number): [string, Move][] {
  return [...moves].filter(([, move]) => !move.isSent && move.dueAt <= now);
}

/** Returns whether a move is due for so long that it must not be sent. */
export function isLate({ dueAt }: Move, now: number): boolean {
  return now - dueAt > MAX_DELAY_MS;
}

/** Returns in how many ms the next move is to be sent, or undefined if none waits. */
export function nextDueInMs(moves: Moves, now: number): number | undefined {
  const times = [...moves.values()].filter(({ isSent }) => !isSent).map(({ dueAt }) => dueAt);
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - now);
}
