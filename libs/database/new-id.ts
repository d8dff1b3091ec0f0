import { randomUUID } from 'node:crypto';

/**
 * Returns an id for a new row in a table that grows with every order: a UUID of version 7 (RFC 9562), ordered by time.
 * Time-ordered ids append to their indexes, while random ids would write to a random page of each.
 */
export function newId(): string {
  const milliseconds = Date.now().toString(16).padStart(12, '0');
  // Version 4 has its random bits and variant at the same places.
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${randomUUID().slice(15)}`;
}
