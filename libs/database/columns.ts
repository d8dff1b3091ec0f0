import { snakeCase } from './snake-case.naming.js';

/** Returns a select list that reads columns under their property names: `o.customer_id AS "customerId"`. */
export function selectList(alias: string, properties: readonly string[]): string {
  return properties.map((property) => `${alias}.${snakeCase(property)} AS "${property}"`).join(', ');
}

/** Returns the column names of properties, comma-separated: `id, customer_id`. */
export function columnList(properties: readonly string[]): string {
  return properties.map(snakeCase).join(', ');
}
