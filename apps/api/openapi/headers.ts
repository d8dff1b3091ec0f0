import type { OpenAPIObject } from '@nestjs/swagger';
import { EXAMPLE_REQUEST_ID } from '../problem/dto/problem.dto.js';

type Headers = NonNullable<NonNullable<OpenAPIObject['components']>['headers']>;

/** The headers of responses that clients use. The document contains each once. */
export const HEADERS = {
  ETag: {
    description: 'Changes whenever the resource changes',
    required: true,
    schema: { type: 'string', example: '"n5y0ZtXeVLmMSnCVJPwAo2"' },
  },
  'Idempotent-Replayed': {
    description: 'The response is that of the first request with this Idempotency-Key',
    schema: { type: 'string', enum: ['true'] },
  },
  Link: {
    description: 'The next page, relative to this request; the last page has none',
    schema: { type: 'string', example: '<?limit=50&cursor=WyIyMDI2LTEx>; rel="next"' },
  },
  Location: {
    description: 'Where the new resource is, relative to the URL of the request',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  'Retry-After': {
    description: 'After how many seconds a repeat can help',
    required: true,
    schema: { type: 'integer', minimum: 0, example: 2 },
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 6750). A token that was refused has an `error`',
    required: true,
    schema: { type: 'string', example: 'Bearer realm="coffee-shop", error="invalid_token"' },
  },
  'X-Request-Id': {
    description:
      'The id of the request in the logs: its own X-Request-Id if that was sent, otherwise a new one',
    required: true,
    schema: { type: 'string', pattern: '^[\\w.-]{1,64}$', example: EXAMPLE_REQUEST_ID },
  },
} satisfies Headers;

/** Documents that a response has these headers. */
export function headers(...names: (keyof typeof HEADERS)[]): Headers {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
