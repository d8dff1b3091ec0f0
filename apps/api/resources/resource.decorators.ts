import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { PreconditionFailed } from '#errors';
import { headers } from '../openapi/headers.js';
import { Problems } from '../problem/problem.decorators.js';

/** The documentation of the headers that ResourceInterceptor sets. */
export const ETAG = headers('ETag');
export const NEW_RESOURCE_HEADERS = headers('ETag', 'Location');

/** Documents that a read gives 304 if the client has the present representation. */
export function ApiConditionalRead(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The ETag of the representation that the client has',
    }),
    ApiResponse({
      status: 304,
      description: 'The representation is the one that the client has',
      headers: ETAG,
    }),
  );
}

/** Documents that a change is refused if the resource has another ETag than the client expects. */
export function ApiConditionalChange(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The ETag of the representation that the client read; the change is refused if it is stale',
    }),
    Problems(PreconditionFailed),
  );
}
