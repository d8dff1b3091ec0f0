import type { ApiResponseSchemaHost } from '@nestjs/swagger';
import { providerPayloadSchema } from '../openapi/provider-payload.decorators.js';
import type { ProblemDto } from './dto/problem.dto.js';

type Schema = ApiResponseSchemaHost['schema'];

/** The members that some problems have beyond those of ProblemDto. */
const EXTENSIONS: Record<string, Schema> = {
  order_id: {
    type: 'string',
    format: 'uuid',
    description: 'The order that may still be placed: GET /orders/{id} shows the outcome',
  },
  provider: {
    type: 'object',
    description: "The payment provider's answer",
    required: ['status', 'body'],
    properties: {
      status: { type: 'integer', nullable: true, description: 'Null if the provider gave no answer' },
      body: providerPayloadSchema,
    },
  },
  error: { type: 'string', description: 'The code of OAuth2 (RFC 6749, 5.2)' },
  refundable_cents: { type: 'integer', description: 'What can still be refunded' },
  items: {
    type: 'array',
    description: 'What is sold out, each once',
    items: {
      type: 'object',
      required: ['product_id', 'variation_id'],
      properties: {
        product_id: { type: 'string', format: 'uuid' },
        variation_id: { type: 'string', format: 'uuid', nullable: true },
      },
    },
  },
  opens_at: {
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the shop next opens; null if never',
  },
  paused_until: {
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the pause ends; null if it has no end',
  },
  computed_total_cents: { type: 'integer', description: "The order's total at the menu's present prices" },
};
const STANDARD_MEMBERS = [
  'type',
  'title',
  'status',
  'detail',
  'instance',
  'code',
  'request_id',
  'errors',
] satisfies (keyof ProblemDto)[];

/** Returns the schema of each extension that the problems have. */
export function extensionSchemas(problems: ProblemDto[]): Record<string, Schema> {
  const names = new Set(problems.flatMap((problem) => Object.keys(problem)));
  return Object.fromEntries(
    [...names]
      .filter((name) => !STANDARD_MEMBERS.some((member) => member === name))
      .map((name) => [name, schemaOf(name)]),
  );
}

function schemaOf(name: string): Schema {
  const schema = EXTENSIONS[name];
  if (!schema) throw new Error(`The problem member ${name} has no schema`);
  return schema;
}
