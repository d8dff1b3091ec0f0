import type { ShopState } from './shop.js';

/** Returns a pause as the audit log keeps it, with the names of the API. */
export function auditedPause({
  isPaused,
  pausedUntil,
  pauseReason,
}: Pick<ShopState, 'isPaused' | 'pausedUntil' | 'pauseReason'>): object {
  return { paused: isPaused, paused_until: pausedUntil?.toISOString() ?? null, reason: pauseReason };
}

/** Returns a limit as the audit log keeps it, with the names of the API. */
export function auditedLimit({ maxOpenOrders }: Pick<ShopState, 'maxOpenOrders'>): object {
  return { max_open_orders: maxOpenOrders };
}
