/** Matches the strings of a valid JSON text, so that they are skipped, and its numbers. */
const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Returns whether a number that JSON.parse returned is what the text said: not if the text's number was too large for a double, or an
 * integer beyond ±(2^53−1), where several integers become one (RFC 8259, 6).
 */
export function isSafeNumber(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** Returns whether JSON.parse would change a number of this valid JSON text: one that is not safe, or that has too many digits. */
export function losesDigits(json: string): boolean {
  const tokens = json.match(STRINGS_AND_NUMBERS) ?? [];
  return tokens.some((token) => !token.startsWith('"') && !isExact(token));
}

function isExact(token: string): boolean {
  const value = Number(token);
  return isSafeNumber(value) && significantDigits(token) === significantDigits(String(value));
}

/** Returns the digits of a decimal number from the first to the last that is not 0. */
function significantDigits(number: string): string {
  const digits = number.replace(/e.*/i, '').replaceAll(/[-.]/g, '');
  return /[1-9](?:\d*[1-9])?/.exec(digits)?.[0] ?? '';
}
