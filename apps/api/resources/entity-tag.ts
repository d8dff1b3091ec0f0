import { createHash } from 'node:crypto';

/** Matches the items of a list of entity tags. A tag may contain commas (RFC 9110, 8.8.3). */
const LIST_ITEMS = /(?:"[^"]*"|[^",])+/g;

/** The member for the state of a resource that its JSON does not show. It is part of the entity tag only. */
export const UNSHOWN = Symbol('unshown');

/** Returns the strong entity tag of a representation. The same fields in another order have another tag. */
export function entityTagOf(representation: object): string {
  const unshown = UNSHOWN in representation ? JSON.stringify(representation[UNSHOWN]) : '';
  return entityTagOfText(JSON.stringify(representation) + unshown);
}

/** Returns the strong entity tag of a representation from its JSON. */
export function entityTagOfText(json: string): string {
  return `"${createHash('sha256').update(json).digest('base64url')}"`;
}

/**
 * Whether the lines of an If-Match header match an entity tag. Weak and malformed tags match nothing (RFC 9110, 13.1.1).
 */
export function matchesStrongly(lines: readonly string[], entityTag: string): boolean {
  const items = lines.flatMap((line) => line.match(LIST_ITEMS) ?? []).map((item) => item.trim());
  return items.includes(entityTag) || (items.length === 1 && items[0] === '*');
}
