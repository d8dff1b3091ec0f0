export type SmallDocument = ReturnType<typeof smallDocument>;

/** Returns a document with one operation, to be changed. */
export function smallDocument() {
  const request = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, size: { $ref: '#/components/schemas/Size' } } as Record<
      string,
      object
    >,
  };
  const response = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' } } as Record<string, object>,
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
  const schemas = {
    Order: request,
    Ordered: response,
    Size: { type: 'string', enum: ['small', 'large'] },
  };
  return {
    paths: { '/orders': { post } as Record<string, typeof post> },
    components: { schemas, responses: {}, headers: {} },
  };
}
