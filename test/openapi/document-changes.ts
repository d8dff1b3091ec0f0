import {
  operationsOf,
  type DocumentedResponse,
  type OpenApiDocument,
  type Operation,
} from '../support/openapi-document.js';
import { SchemaComparison, type Changes } from './schema-changes.js';

/** Returns how a document differs from the released one, as far as a client can notice. */
export function changesOf(released: OpenApiDocument, current: OpenApiDocument): Changes {
  const changes: Changes = { breaking: [], notes: [] };
  const schemas = new SchemaComparison(released.components.schemas, current.components.schemas, changes);
  const operations = new Map(operationsOf(current).map((operation) => [operation.name, operation]));
  for (const name of Object.keys(released.components.schemas))
    if (!(name in current.components.schemas)) changes.breaking.push(`schema ${name}: removed`);
  for (const before of operationsOf(released)) {
    const after = operations.get(before.name);
    if (!after) changes.breaking.push(`${before.name}: removed`);
    else compareOperations(before, after, changes, schemas);
  }
  return changes;
}

/** No security at all means that the operation is public. */
function compareSecurity(
  before: Record<string, string[]>[],
  after: Record<string, string[]>[],
  breaks: (message: string) => void,
): void {
  if (after.length === 0) return;
  if (before.length === 0) breaks(': needs a login now');
  const accepted = after.map((schemes) => JSON.stringify(schemes));
  for (const schemes of before)
    if (!accepted.includes(JSON.stringify(schemes)))
      breaks(`: no longer takes ${Object.keys(schemes).join(' with ')}`);
}

function compareOperations(
  before: Operation,
  after: Operation,
  changes: Changes,
  schemas: SchemaComparison,
): void {
  const { name } = before;
  const breaks = (message: string): void => void changes.breaking.push(`${name}${message}`);
  if (before.operationId !== after.operationId) breaks(`: now called ${after.operationId}`);
  compareSecurity(before.security ?? [], after.security ?? [], breaks);
  const keyOf = (parameter: { in: string; name: string }): string => `${parameter.in} ${parameter.name}`;
  const earlier = new Map(before.parameters?.map((parameter) => [keyOf(parameter), parameter]));
  const later = new Map(after.parameters?.map((parameter) => [keyOf(parameter), parameter]));
  for (const [key, { schema }] of earlier) {
    const successor = later.get(key);
    if (!successor) breaks(` ${key}: removed`);
    else schemas.compare(schema ?? {}, successor.schema ?? {}, `${name} ${key}`, 'request');
  }
  for (const [key, { required }] of later)
    if (required && !earlier.get(key)?.required) breaks(` ${key}: now required`);
  compareContents(before.requestBody?.content, after.requestBody?.content, `${name} body`, 'request');
  if (!before.requestBody?.required && after.requestBody?.required) breaks(' body: now required');
  for (const [status, response] of Object.entries(before.responses)) {
    const successor = after.responses[status];
    if (!successor) {
      breaks(` ${status}: removed`);
      continue;
    }
    for (const header of Object.keys(response.headers ?? {}))
      if (!successor.headers?.[header]) breaks(` ${status} ${header}: removed`);
    compareContents(response.content, successor.content, `${name} ${status}`, 'response');
  }
  for (const status of Object.keys(after.responses))
    if (!before.responses[status]) changes.notes.push(`${name} ${status}: new`);

  function compareContents(
    former: DocumentedResponse['content'] = {},
    next: DocumentedResponse['content'] = {},
    where: string,
    direction: 'request' | 'response',
  ): void {
    for (const [type, { schema }] of Object.entries(former)) {
      const successor = next[type];
      if (!successor) changes.breaking.push(`${where} ${type}: removed`);
      else schemas.compare(schema, successor.schema, where, direction);
    }
  }
}
