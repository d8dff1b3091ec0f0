import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './dto/problem.dto.js';

/** A way in which a route may refuse: how that looks, and when it happens where the detail does not say it. */
export interface DocumentedProblem {
  status: number;
  code: string;
  detail: string;
  when?: string;
  /** Members beyond those that every problem has. */
  extensions?: Record<string, unknown>;
}

export const NOT_JSON = problem(400, 'bad_request', 'The body is not valid JSON');
export const TOO_LARGE = problem(
  413,
  'payload_too_large',
  'request entity too large',
  'The body is larger than 100 KB',
);
export const NOT_JSON_TYPE = problem(415, 'unsupported_media_type', 'The body must be application/json');
/** How a route whose only input is an id may refuse it. */
export const ID_UNFIT = [
  problem(400, 'bad_request', "Failed to decode param '%zz'"),
  unfit('id', 'id must be a UUID'),
];
export const DATABASE_AWAY = problem(
  503,
  'database_unavailable',
  'The database cannot be reached; repeat the request, with its Idempotency-Key where it has one',
);
export const PAGE_UNFIT = unfit('limit', 'limit must not be greater than 100');

/** Describes one way to refuse. */
export function problem(status: number, code: string, detail: string, when?: string): DocumentedProblem {
  return { status, code, detail, when };
}

/** Describes the refusal of a field. */
export function unfit(field: string, message: string): DocumentedProblem {
  const refusal = problem(422, 'invalid_request', `The request does not fit its schema: ${message}`);
  return { ...refusal, extensions: { errors: [{ field, message }] } };
}

/** Documents the ways in which a route may refuse: each status with its meanings, each code with an example. */
export function Problems(...problems: DocumentedProblem[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(problems.map(({ status }) => status));
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...statuses].map((status) =>
      respondWith(
        status,
        problems.filter((one) => one.status === status),
      ),
    ),
  );
}

function respondWith(status: number, variants: DocumentedProblem[]): MethodDecorator & ClassDecorator {
  return ApiResponse({
    status,
    description: variants
      .map(({ detail, when }) => (when ? `${when}: \`${detail}\`` : `\`${detail}\``))
      .join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(
          variants.map((variant) => [variant.code, { value: exampleOf(variant) }]),
        ),
      },
    },
  });
}

function exampleOf({ status, code, detail, extensions }: DocumentedProblem): ProblemDto {
  return {
    type: `urn:coffee-shop:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: '/api/v1/…',
    code,
    request_id: '7c0f7f0e-5a2b-4c37-8f7e-0d6f2d1c9b1a',
    ...extensions,
  };
}
