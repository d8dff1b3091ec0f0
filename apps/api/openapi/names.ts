import type { OpenAPIObject } from '@nestjs/swagger';
import { NAMED_ENUMS } from './named-enums.js';
import { operationsOf } from './operations.js';

const SCHEMAS = '#/components/schemas/';

type Node = Record<string, unknown>;
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/**
 * Returns the document with the names that clients see: schemas are called like their DTO classes without `Dto`, and the lists of
 * NAMED_ENUMS are schemas, too. One that may be null has null in its list, because in OpenAPI 3.0 nothing beside a reference counts.
 * @throws Error if two schemas or two operations have the same name
 */
export function withPublicNames(original: OpenAPIObject): OpenAPIObject {
  // The original contains objects that belong to decorators.
  const document = structuredClone(original);
  forEachNode(document.paths, refer);
  forEachNode(document.components?.schemas, refer);
  const enums = Object.entries(NAMED_ENUMS).map(([name, values]) => [name, enumOf(values)] as const);
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => [publicName(name), schema] as const,
  );
  const named = [...enums, ...schemas].toSorted(([one], [other]) => one.localeCompare(other, 'en'));
  refuseRepeated(named.map(([name]) => name));
  refuseRepeated(operationsOf(document).flatMap(({ operationId }) => operationId ?? []));
  document.components = { ...document.components, schemas: Object.fromEntries(named) };
  return document;
}

function enumOf(values: readonly (string | null)[]): Schema {
  return { type: 'string', enum: [...values], ...(values.includes(null) && { nullable: true }) };
}

function publicName(schema: string): string {
  return schema.replace(/Dto$/, '');
}

/** Makes a node refer to a schema by its public name. */
function refer(node: Node): void {
  if (typeof node.$ref === 'string') node.$ref = publicName(node.$ref);
  const list: unknown = node.enum;
  if (!Array.isArray(list)) return;
  const [name] = Object.entries(NAMED_ENUMS).find(([, values]) => isSame(values, list)) ?? [];
  if (name === undefined) return;
  delete node.enum;
  delete node.type;
  delete node.nullable;
  const $ref = SCHEMAS + name;
  // Beside a $ref nothing else counts.
  Object.assign(node, Object.keys(node).length > 0 ? { allOf: [{ $ref }] } : { $ref });
}

function isSame(one: readonly (string | null)[], other: unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function refuseRepeated(names: string[]): void {
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  if (repeated.length > 0) throw new Error(`The OpenAPI document names two things ${repeated.join(', ')}`);
}

/** Calls `visit` with every object inside `value`, the inner ones first. */
function forEachNode(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) forEachNode(inner, visit);
  if (isNode(value)) visit(value);
}

function isNode(value: object): value is Node {
  return !Array.isArray(value);
}
