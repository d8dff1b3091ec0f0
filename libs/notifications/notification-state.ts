import { sourcesOf, type Transitions } from '#state-machine';

export const NOTIFICATION_STATES = ['pending', 'delivered', 'dead'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** What a state means to the staff. */
export const NOTIFICATION_STATE_MEANINGS: Readonly<Record<NotificationState, string>> = {
  pending: 'it is sent soon, or again after a failure.',
  delivered: 'the other service has it.',
  dead: 'the other service did not accept it, and it is not sent again until you ask for that.',
};

/** The states of a notification. docs/order-states.md shows them as a diagram. */
export const NOTIFICATION_TRANSITIONS: Transitions<NotificationState> = {
  pending: ['delivered', 'dead'],
  delivered: [],
  dead: ['pending'],
};

/** The states in which a notification is still to be sent. */
export const PENDING_STATES = sourcesOf(NOTIFICATION_TRANSITIONS, 'delivered');
