import type { FieldError } from './domain-error.js';

/** Deep enough for honest data, shallow enough for every recursive reader behind us. */
const MAX_DEPTH = 32;
/** With one of them in it, an object is not what libraries that copy objects take it for. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor']);

/**
 * Finds what PostgreSQL cannot store or what no honest client sends: NUL characters and lone surrogates
 * (https://www.postgresql.org/docs/current/datatype-json.html), keys that reach for an object's prototype,
 * and nesting beyond 32 levels. Walks the whole value; answers the first fault, or undefined.
 */
export function findUnstorable(value: unknown, field = ''): FieldError | undefined {
  return walk(value, field, 0);
}

function walk(value: unknown, field: string, depth: number): FieldError | undefined {
  if (typeof value === 'string')
    return isStorableText(value)
      ? undefined
      : fault(field, 'must be text without NUL or unpaired surrogates');
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return fault(field, `must not be nested deeper than ${MAX_DEPTH} levels`);
  for (const [key, child] of Object.entries(value)) {
    const path = field === '' ? key : `${field}.${key}`;
    if (!isStorableText(key)) return fault(field, 'has a name that is not allowed');
    if (PROTOTYPE_KEYS.has(key)) return fault(path, 'is not allowed');
    const found = walk(child, path, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function fault(field: string, message: string): FieldError {
  return { field: field || 'body', message: `${field || 'body'} ${message}` };
}
