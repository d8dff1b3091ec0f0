/** Returns the key of a charge as SQL, for a row of `order_placements`: what `providerKeyOf` returns. */
export function providerKeySql(alias: string): string {
  return `coalesce(${alias}.provider_key, ${alias}.id)`;
}
