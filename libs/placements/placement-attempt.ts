import type { RequestContext } from '#tracing';
import type { Placement } from './placement.entity.js';

/** The draft is deleted only after the placement is settled. */
export interface Drafted {
  draft: NonNullable<Placement['draft']>;
}

/** A placement before it is written. Its provider key is only used if the client's key was not used before. */
export type NewPlacement = Drafted &
  Pick<
    Placement,
    'id' | 'orderId' | 'paymentId' | 'customerId' | 'providerKey' | 'totalCents' | keyof RequestContext
  >;

/** What the database decides when a placement is written. */
export type BegunPlacement = Pick<Placement, 'number' | 'providerKey'>;

/** A user's claim of an idempotency key. */
export interface KeyClaim {
  userId: string;
  hash: Buffer;
  fingerprint: Buffer;
}

/** A placement whose charge is to be sent, the number of the order and of this send, and the key with which the client asked for it. */
export type OpenPlacement = NewPlacement & Pick<Placement, 'number' | 'attempt'> & { key?: KeyClaim };

/** Why a placement did not open: its key or its charge belongs to another attempt, or too many orders are open. */
export type NotOpened = 'not_opened' | 'no_room';

/** A placement whose charge is to be sent again, and its key. */
export type ClaimedPlacement = Placement & Drafted & { key?: KeyClaim };
