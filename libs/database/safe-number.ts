/**
 * Returns a bigint or numeric, which pg returns as text.
 * @throws RangeError if a number cannot hold it exactly
 */
export function toSafeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`A number cannot hold ${text}`);
  return value;
}
