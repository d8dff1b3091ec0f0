import { sourcesOf, type Transitions } from '#state-machine';

export const PLACEMENT_STATES = [
  'charging',
  'placed',
  'declined',
  'declined_unconfirmed',
  'unknown',
  'unsent',
  'refund_due',
] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** What a state means to the staff. */
export const PLACEMENT_STATE_MEANINGS: Readonly<Record<PlacementState, string>> = {
  charging: 'the payment provider has been asked and has not answered yet.',
  placed: 'it was paid and became an order.',
  declined: 'the provider refused the payment. There is no order.',
  declined_unconfirmed:
    'the provider refused with an error that may hide a payment. Look it up there, then resolve the placement.',
  unknown:
    'no answer came, so the customer may have paid. It is sent again if the provider allows that; otherwise look it up there, then resolve the placement.',
  unsent: 'the provider was not reached. Nothing was paid, and there is no order.',
  refund_due:
    'the customer was told that the payment failed, but it was made. Its refund is on the way; resolve the placement if the refund is `unknown` or `rejected`.',
};

/** The states of a placement. docs/order-states.md shows them as a diagram. */
export const PLACEMENT_TRANSITIONS: Transitions<PlacementState> = {
  charging: ['placed', 'declined', 'declined_unconfirmed', 'unknown', 'unsent'],
  unknown: ['charging', 'placed', 'declined', 'declined_unconfirmed', 'unsent'],
  declined: ['refund_due'],
  declined_unconfirmed: ['declined', 'refund_due'],
  refund_due: ['declined'],
  placed: [],
  unsent: [],
};

/** What a state means to the customer. */
export const MEANINGS = {
  charging: 'pending',
  unknown: 'pending',
  placed: 'placed',
  declined: 'declined',
  declined_unconfirmed: 'declined',
  refund_due: 'declined',
  unsent: 'not_charged',
} as const satisfies Record<PlacementState, string>;

/** The states in which a charge may still become an order. */
export const OPEN_STATES = sourcesOf(PLACEMENT_TRANSITIONS, 'placed');
/** The states in which the provider may have a charge that is not recorded. */
export const UNCONFIRMED_STATES: readonly PlacementState[] = [...OPEN_STATES, 'declined_unconfirmed'];
/** The states in which a late charge becomes a due refund. */
export const LATE_CHARGE_SOURCES = sourcesOf(PLACEMENT_TRANSITIONS, 'refund_due');

export const RESOLUTION_OUTCOMES = ['charged', 'not_charged'] as const;
export type ResolutionOutcome = (typeof RESOLUTION_OUTCOMES)[number];

/** Where a manager's resolution leads. A response that the client already has is never contradicted. */
const RESOLUTIONS: Record<ResolutionOutcome, Partial<Record<PlacementState, PlacementState>>> = {
  charged: { unknown: 'placed', declined_unconfirmed: 'refund_due' },
  not_charged: { unknown: 'declined', declined_unconfirmed: 'declined', refund_due: 'declined' },
};

/** Returns the state to which a resolution leads, or undefined if the placement cannot be resolved so. */
export function resolvedState(outcome: ResolutionOutcome, state: PlacementState): PlacementState | undefined {
  return RESOLUTIONS[outcome][state];
}

/** Returns whether an earlier resolution of the same outcome may have led to this state. */
export function isResolvedAs(outcome: ResolutionOutcome, state: PlacementState): boolean {
  return Object.values(RESOLUTIONS[outcome]).includes(state);
}
