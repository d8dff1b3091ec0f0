import { sourcesOf, type Transitions } from '#state-machine';

export const REFUND_STATES = ['pending', 'sending', 'refunded', 'rejected', 'unknown'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** What a state means to the staff. */
export const REFUND_STATE_MEANINGS: Readonly<Record<RefundState, string>> = {
  pending: 'it is sent soon. If the shop is not connected for refunds, pay it back by hand, then resolve it.',
  sending: 'the payment provider has been asked and has not answered yet.',
  refunded: 'the customer has the money. This is final.',
  rejected: 'the provider refused, or a manager found that nothing was paid back. This is final.',
  unknown:
    'no answer came, so the money may have gone back. It is sent again if the provider allows that; otherwise look it up there, then resolve it.',
};

/** The states of a refund. docs/order-states.md shows them as a diagram. */
export const REFUND_TRANSITIONS: Transitions<RefundState> = {
  pending: ['sending', 'refunded', 'rejected'],
  sending: ['pending', 'refunded', 'rejected', 'unknown'],
  unknown: ['sending', 'refunded', 'rejected'],
  refunded: [],
  rejected: [],
};

/** The states in which the money may still go back. */
export const OPEN_STATES = sourcesOf(REFUND_TRANSITIONS, 'refunded');
/** The open states in which nothing is being sent. */
export const IDLE_STATES: readonly RefundState[] = sourcesOf(REFUND_TRANSITIONS, 'sending');

/** Returns the states in which a manager may decide: a pending refund is sent by itself if there is a provider to send it to. */
export function resolvableStates(hasProvider: boolean): readonly RefundState[] {
  return hasProvider ? IDLE_STATES.filter((state) => state !== 'pending') : IDLE_STATES;
}

export const REFUND_RESOLUTION_OUTCOMES = ['refunded', 'not_refunded'] as const;
export type RefundResolutionOutcome = (typeof REFUND_RESOLUTION_OUTCOMES)[number];

/** Where a manager's resolution leads. */
export const RESOLVED_STATES = {
  refunded: 'refunded',
  not_refunded: 'rejected',
} as const satisfies Record<RefundResolutionOutcome, RefundState>;
