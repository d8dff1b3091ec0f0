import type { AuthenticatedUser } from '#users';

/** Returns the customer to whose orders a reader is limited: customers to their own; staff see all. */
export function ownerOf({ id, role }: AuthenticatedUser): string | undefined {
  return role === 'customer' ? id : undefined;
}
