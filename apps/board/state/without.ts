/** Returns the map without the entries that match; the same map if none does. */
export function without<K, V>(
  map: ReadonlyMap<K, V>,
  matches: (key: K, value: V) => boolean,
): ReadonlyMap<K, V> {
  const kept = [...map].filter(([key, value]) => !matches(key, value));
  return kept.length === map.size ? map : new Map(kept);
}
