/** Returns values as SQL literals, comma-separated. Only for values that the code names, such as states. */
export function literals(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
