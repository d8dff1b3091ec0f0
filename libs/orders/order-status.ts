import { sourcesOf, type Transitions } from '#state-machine';
import type { Role } from '#users';

/** The statuses of an order that is made and handed over, in their order. */
export const PROGRESS_STATUSES = ['waiting', 'preparation', 'ready', 'delivered'] as const;
export type ProgressStatus = (typeof PROGRESS_STATUSES)[number];

export const ORDER_STATUSES = [...PROGRESS_STATUSES, 'cancelled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What a status means to the staff. */
export const ORDER_STATUS_MEANINGS: Readonly<Record<OrderStatus, string>> = {
  waiting: 'paid, and nobody has started to make it.',
  preparation: 'the counter is making it.',
  ready: 'it is made, and the customer can fetch it.',
  delivered: 'the customer has it. This is final.',
  cancelled: 'it will not be made, and its payment goes back. This is final.',
};

/** The status flow: no skipping, no reversal, no repeat. docs/order-states.md shows it as a diagram. */
export const ORDER_TRANSITIONS: Transitions<OrderStatus> = {
  waiting: ['preparation', 'cancelled'],
  preparation: ['ready', 'cancelled'],
  ready: ['delivered', 'cancelled'],
  delivered: [],
  cancelled: [],
};

/** The statuses of an order that the counter still works on. */
export const OPEN_STATUSES = ORDER_STATUSES.filter((status) => ORDER_TRANSITIONS[status].length > 0);

/** The statuses in which an order may be cancelled, by the role of who cancels it. */
export const CANCELLABLE: Record<Role, readonly OrderStatus[]> = {
  customer: ['waiting'],
  barista: ['waiting'],
  manager: sourcesOf(ORDER_TRANSITIONS, 'cancelled'),
};

export function isProgressStatus(text: string): text is ProgressStatus {
  return PROGRESS_STATUSES.some((status) => status === text);
}
