/** The last entry of a page. The next page starts after it. */
export interface PageCursor {
  createdAt: Date;
  id: string;
}

/** A page of at most `limit` entries, newest first, from the start or after another page. */
export interface PageRequest {
  limit: number;
  after?: PageCursor;
}

/**
 * Returns the clauses and parameters that read one page of a list, newest first.
 * Each combination of filters gets its own text, so that PostgreSQL can choose the fitting index of `created_at, id`.
 * @param alias of the table whose `created_at` and `id` order the list
 * @param filters conditions with `?` for their value; a filter whose value is undefined is left out
 * @param prefix orders the list before `created_at, id`: a column that has one value in the list, so that only an index which begins
 * with it gives the order
 */
export function pageClauses(
  alias: string,
  { limit, after }: PageRequest,
  filters: readonly (readonly [condition: string, value: unknown])[],
  prefix?: string,
): { clauses: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = filters
    .filter(([, value]) => value !== undefined)
    .map(([condition, value]) => condition.replaceAll('?', () => bind(value)));
  if (after)
    conditions.push(`(${alias}.created_at, ${alias}.id) < (${bind(after.createdAt)}, ${bind(after.id)})`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const columns = [...(prefix ? [prefix] : []), `${alias}.created_at`, `${alias}.id`];
  const order = `ORDER BY ${columns.map((column) => `${column} DESC`).join(', ')} LIMIT ${bind(limit)}`;
  return { clauses: `${where} ${order}`, parameters };
}
