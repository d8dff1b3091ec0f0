import { snakeCase } from './snake-case.naming.js';

/** The check of the columns named `traceparent`, which hold that header of W3C Trace Context. */
export const TRACEPARENT_CHECK = `traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'`;

/** Returns a select list that reads columns under their property names: `o.customer_id AS "customerId"`. */
export function selectList(alias: string, properties: readonly string[]): string {
  return properties.map((property) => `${alias}.${snakeCase(property)} AS "${property}"`).join(', ');
}

/** Returns the column names of properties, comma-separated: `id, customer_id`. */
export function columnList(properties: readonly string[]): string {
  return properties.map(snakeCase).join(', ');
}
