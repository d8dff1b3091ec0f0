import request from 'supertest';

interface Schema {
  $ref?: string;
  type?: string;
  items?: Schema;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  allOf?: Schema[];
}

interface Media {
  schema: Schema;
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
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<
    string,
    { description: string; headers?: Record<string, object>; content?: Record<string, Media> }
  >;
}

/** Returns all operations of the OpenAPI document. */
export async function documentedOperations(baseUrl: string): Promise<Operation[]> {
  const { body } = await request(baseUrl).get('/docs-json').expect(200);
  const paths = body.paths as Record<string, Record<string, Omit<Operation, 'name' | 'method' | 'path'>>>;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
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
