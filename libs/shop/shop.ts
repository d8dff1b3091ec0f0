import type { Hours } from './hours.js';

export const NOT_OPEN_REASONS = ['closed', 'paused', 'busy'] as const;
export type NotOpenReason = (typeof NOT_OPEN_REASONS)[number];

/** The settings of the shop and what follows from them at one moment of the database's clock. */
export interface ShopState extends Hours {
  now: Date;
  /** By the hours. */
  isOpen: boolean;
  /** When it next opens by its hours; null if never, or if it is always open. */
  opensAt: Date | null;
  /** When it next closes by its hours; null if never. */
  closesAt: Date | null;
  isPaused: boolean;
  /** Null if it is not paused, or without end. */
  pausedUntil: Date | null;
  pauseReason: string | null;
  /** Null without a limit. */
  maxOpenOrders: number | null;
}

/** The shop at one moment. Only managers know the reason of a pause and the limit. Immutable. */
export interface Shop
  extends Hours, Pick<ShopState, 'opensAt' | 'closesAt' | 'pausedUntil' | 'pauseReason' | 'maxOpenOrders'> {
  /** Why it takes no orders, null if it does. */
  reason: NotOpenReason | null;
  timeZone: string;
}

/** Returns the shop in a state. The hours come before a pause, and that before the limit. */
export function shopOf(state: ShopState, timeZone: string, isFull: boolean): Shop {
  const { weekly, exceptions, opensAt, closesAt, pausedUntil, pauseReason, maxOpenOrders } = state;
  return {
    reason: reasonOf(state, isFull),
    weekly,
    exceptions,
    opensAt,
    closesAt,
    pausedUntil,
    pauseReason,
    maxOpenOrders,
    timeZone,
  };
}

function reasonOf({ isOpen, isPaused }: ShopState, isFull: boolean): NotOpenReason | null {
  if (!isOpen) return 'closed';
  if (isPaused) return 'paused';
  return isFull ? 'busy' : null;
}
