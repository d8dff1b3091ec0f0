import { v7 } from 'uuid';

/**
 * The id of a new row in a table that grows with every order: random, but in the order of time (RFC 9562, version 7), so that its
 * indexes grow at their end. With ids in no order each row would change a page somewhere, and sooner or later read it from disk.
 */
export function newId(): string {
  return v7();
}
