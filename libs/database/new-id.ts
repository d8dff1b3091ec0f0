import { randomUUID } from 'node:crypto';

/**
 * The id of a new row in a table that grows with every order: random, but in the order of time (RFC 9562, version 7), so that its
 * indexes grow at their end. With ids in no order each row would change a page somewhere, and sooner or later read it from disk.
 */
export function newId(): string {
  const milliseconds = Date.now().toString(16).padStart(12, '0');
  // Random bits and the variant are where version 4 has them.
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${randomUUID().slice(15)}`;
}
