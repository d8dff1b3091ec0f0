import type { Role } from '#users';
import type { ProgressStatus } from './order-status.js';

/** What happened to an order, when, and the role of who did it. */
export type OrderEvent = { at: Date; byRole: Role } & (
  | { type: 'placed' | 'cancelled' }
  | { type: 'status'; status: ProgressStatus }
  /** The money has gone back. */
  | { type: 'refund'; amountCents: number }
);
