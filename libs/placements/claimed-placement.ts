import type { ClaimedPlacement, Drafted } from './placement-attempt.js';
import type { Placement } from './placement.entity.js';

/** A placement and its key, null if it has none. */
export type ClaimedRow = Placement & Drafted & { keyHash: Buffer | null; fingerprint: Buffer | null };

/** Returns the placement with its key as a claim. */
export function toClaimedPlacement({
  keyHash: hash,
  fingerprint,
  ...placement
}: ClaimedRow): ClaimedPlacement {
  return hash && fingerprint
    ? { ...placement, key: { userId: placement.customerId, hash, fingerprint } }
    : placement;
}
