import type { FieldError } from '#errors';

/** Deep enough for honest data, shallow enough for every recursive reader behind us. */
const MAX_DEPTH = 32;
/** With one of them in it, an object is not what libraries that copy objects take it for. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor']);

/**
 * Finds what PostgreSQL cannot store or what no honest client sends: NUL characters and lone surrogates
 * (https://www.postgresql.org/docs/current/datatype-json.html), keys that reach for an object's prototype,
 * and nesting beyond 32 levels. Walks the whole value; answers the first fault, or undefined.
 * @param whole what to call the value itself
 */
export function findInvalidValue(value: unknown, whole = 'body'): FieldError | undefined {
  const fault = walk(value, '', 0);
  if (!fault) return undefined;
  const field = fault.field || whole;
  return { field, message: `${field} ${fault.message}` };
}

function walk(value: unknown, field: string, depth: number): FieldError | undefined {
  if (typeof value === 'string')
    return isStorableText(value)
      ? undefined
      : { field, message: 'must be text without NUL or unpaired surrogates' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return { field, message: `must not be nested deeper than ${MAX_DEPTH} levels` };
  for (const [key, child] of Object.entries(value)) {
    const path = field === '' ? key : `${field}.${key}`;
    if (!isStorableText(key)) return { field, message: 'has a name that is not allowed' };
    if (PROTOTYPE_KEYS.has(key)) return { field: path, message: 'is not allowed' };
    const found = walk(child, path, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
