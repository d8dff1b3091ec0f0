import { createHash } from 'node:crypto';

/** Returns the key of a count. The tables must not show which accounts logged in, or tried to, and from where. */
export function throttleKey(...parts: string[]): string {
  return createHash('sha256').update(parts.join(' ')).digest('base64url');
}
