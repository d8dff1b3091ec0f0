import request from 'supertest';

interface Media {
  schema: { $ref?: string; type?: string; items?: { $ref?: string } };
  examples?: Record<string, { value: Record<string, unknown> }>;
}

/** An operation of the OpenAPI document. */
export interface Operation {
  /** For example `GET /api/v1/orders/{id}`. */
  name: string;
  method: string;
  path: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
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
