import type { FieldError } from '#errors';
import { isSafeNumber } from './numbers.js';

/** Deep enough for real data, shallow enough for recursive readers. */
const MAX_DEPTH = 32;
/** Members of these names confuse libraries that copy objects. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor']);

/**
 * Returns the first part of a JSON value that is refused, or undefined: text with NUL or lone surrogates, which PostgreSQL cannot
 * store (https://www.postgresql.org/docs/current/datatype-json.html), prototype keys, nesting beyond 32 levels, and numbers whose
 * reading has changed them (see `isSafeNumber`).
 * @param root the name of the value itself in messages
 */
export function findInvalidValue(value: unknown, root = 'body'): FieldError | undefined {
  const fault = findFault(value, '', 0);
  if (!fault) return undefined;
  const field = fault.field || root;
  return { field, message: `${field} ${fault.message}` };
}

function findFault(value: unknown, field: string, depth: number): FieldError | undefined {
  if (typeof value === 'string')
    return isStorableText(value)
      ? undefined
      : { field, message: 'must be text without NUL or unpaired surrogates' };
  if (typeof value === 'number')
    return isSafeNumber(value)
      ? undefined
      : { field, message: `must be finite, and at most ±${Number.MAX_SAFE_INTEGER} if it is an integer` };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return { field, message: `must not be nested deeper than ${MAX_DEPTH} levels` };
  for (const [key, child] of Object.entries(value)) {
    const path = field === '' ? key : `${field}.${key}`;
    if (!isStorableText(key)) return { field, message: 'has a name that is not allowed' };
    if (PROTOTYPE_KEYS.has(key)) return { field: path, message: 'is not allowed' };
    const fault = findFault(child, path, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
