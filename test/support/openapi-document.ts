import { readFile } from 'node:fs/promises';
import request from 'supertest';
import type { Schema } from '../openapi/schema-changes.js';

interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: Record<string, unknown> }>;
}

/** A parameter in a path of the document. */
export const PATH_PARAMETER = /\{\w+\}/g;

/** An operation of the OpenAPI document. */
export interface Operation {
  /** For example `GET /api/v1/orders/{id}`. */
  name: string;
  method: string;
  path: string;
  /** The name of the handler, too, for example `getOrder`. */
  operationId: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean; schema?: Schema }[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, DocumentedResponse>;
}

export interface DocumentedResponse {
  description: string;
  headers?: Record<string, DocumentedHeader>;
  content?: Record<string, Media>;
}

interface DocumentedHeader {
  required?: boolean;
}

/** The members of the OpenAPI document that tests read. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, Omit<Operation, 'name' | 'method' | 'path'>>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, DocumentedResponse>;
    headers: Record<string, DocumentedHeader>;
  };
}

/** Returns openapi.json, which `openapi-file` compares with the document of the API, for an API with this prefix. */
export async function readDocumentFile(apiPrefix: string): Promise<OpenApiDocument> {
  const document = JSON.parse(await readFile('openapi.json', 'utf8')) as OpenApiDocument;
  const paths = Object.entries(document.paths).map(
    ([path, item]) => [path.replace(/^\/api\/v1/, apiPrefix), item] as const,
  );
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Returns the OpenAPI document of an API, with its references. */
export async function readDocument(baseUrl: string): Promise<OpenApiDocument> {
  return (await request(baseUrl).get('/docs-json').expect(200)).body as OpenApiDocument;
}

/** Returns all operations of the OpenAPI document. Only schemas contain references. */
export async function documentedOperations(baseUrl: string): Promise<Operation[]> {
  return operationsOf(await readDocument(baseUrl));
}

/** Returns the operations of a document. Only schemas contain references. */
export function operationsOf({ paths, components }: OpenApiDocument): Operation[] {
  const responsesOf = (responses: Operation['responses']): Operation['responses'] =>
    Object.fromEntries(
      Object.entries(resolved(responses, components.responses)).map(([status, response]) => [
        status,
        { ...response, headers: resolved(response.headers ?? {}, components.headers) },
      ]),
    );
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      responses: responsesOf(operation.responses),
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** Replaces each reference by the component of that name. */
function resolved<T>(
  values: Record<string, T & { $ref?: string }>,
  components: Record<string, T>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      components[value.$ref?.split('/').at(-1) ?? ''] ?? value,
    ]),
  );
}

/** Returns the problems that the document lists, for example `GET /api/v1/orders/{id} 404 order_not_found`. */
export function documentedProblems(operations: Operation[]): string[] {
  return operations.flatMap(({ name, responses }) =>
    Object.entries(responses).flatMap(([status, response]) =>
      (problemMembers(response).code?.enum ?? []).map((code) => `${name} ${status} ${code}`),
    ),
  );
}

/** Returns the schemas of the members that distinguish a response's problems from others. */
export function problemMembers({ content }: Operation['responses'][string]): Record<string, Schema> {
  const schemas = content?.['application/problem+json']?.schema.allOf ?? [];
  return Object.assign({}, ...schemas.map(({ properties }) => properties));
}
