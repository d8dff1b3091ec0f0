/** Version 00 of the header `traceparent` of W3C Trace Context: trace id, id of the sender's span, flags. */
const VERSION_00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** A later version begins in the same way, and may add fields. */
const LATER_VERSION = /^(?!ff)[0-9a-f]{2}(-[0-9a-f]{32}-[0-9a-f]{16}-)([0-9a-f]{2})(?:-|$)/;
const SAMPLED = 1;

/** The check of columns named `traceparent`, which hold what `parseTraceparent` has returned. */
export const TRACEPARENT_CHECK = `traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'`;

/**
 * Returns the `traceparent` of a request, or null if it has none or a malformed one. A later version becomes version 00 with the only
 * flag that all versions have (https://www.w3.org/TR/trace-context/#versioning-of-traceparent).
 */
export function parseTraceparent(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null;
  if (VERSION_00.test(header)) return header;
  const [, ids, flags] = header.startsWith('00') ? [] : (LATER_VERSION.exec(header) ?? []);
  if (ids === undefined || flags === undefined) return null;
  const reduced = `00${ids}0${Number.parseInt(flags, 16) & SAMPLED}`;
  return VERSION_00.test(reduced) ? reduced : null;
}

/** Returns the trace id of a `traceparent` that `parseTraceparent` has returned. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
