export type SmallDocument = ReturnType<typeof smallDocument>;

export const ID = { type: 'string', pattern: '^o' };
export const MILK = { oneOf: [{ type: 'boolean' }, { type: 'string' }] };

/** Returns a document with two operations, to be changed. */
export function smallDocument() {
  const request = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      milk: MILK,
      size: { $ref: '#/components/schemas/Size' },
    } as Record<string, object>,
  };
  const response = {
    type: 'object',
    required: ['id'],
    properties: { id: ID, milk: MILK } as Record<string, object>,
  };
  const post = {
    operationId: 'order',
    security: [] as Record<string, string[]>[],
    parameters: [{ name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } }],
    requestBody: {
      required: false,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
    },
    responses: {
      201: {
        description: '',
        headers: { ETag: {} },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Ordered' } } },
      },
      409: {
        description: '',
        content: { 'application/problem+json': { schema: { type: 'string', enum: ['busy'] } } },
      },
    } as Record<
      string,
      {
        description: string;
        headers?: Record<string, object>;
        content: Record<string, { schema: { enum?: string[] } }>;
      }
    >,
  };
  const put = {
    ...post,
    operationId: 'replace',
    security: [{ oauth2: [] }, { bearer: [] }] as typeof post.security,
    responses: {} as typeof post.responses,
  };
  const schemas = {
    Order: request,
    Ordered: response,
    Size: { type: 'string', enum: ['small', 'large'] },
  };
  return {
    paths: { '/orders': { post, put } as Record<string, typeof post> },
    components: { schemas, responses: {}, headers: {} },
  };
}
