/** A string in place of a number that JavaScript cannot hold; `toJson` writes the number. */
export const HUGE_NUMBER = '#1e400#';

export function toJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(`"${HUGE_NUMBER}"`, '1e400');
}

/** Encodes as a form or a query; a value that is not an object becomes the field `username`. */
export function toForm(value: unknown): string {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['username', value]];
  return fields.map(([name, field]) => `${encode(name)}=${encode(field)}`).join('&');
}

export function nestedJson(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

function encode(part: unknown): string {
  return encodeURIComponent((typeof part === 'string' ? part : toJson(part)).toWellFormed());
}
