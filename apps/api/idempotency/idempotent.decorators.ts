import { applyDecorators, UseInterceptors, type Type } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { IdempotencyKeyReused, InvalidIdempotencyKey } from '#idempotency';
import { headers } from '../openapi/headers.js';
import { Problems } from '../problem/problem.decorators.js';
import { NEW_RESOURCE_HEADERS } from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * Makes a route that creates a resource repeatable by Idempotency-Key, and documents that. The route returns a `Replayable`.
 * @param created what a 201 means
 * @param key what the key prevents and how long it is kept
 */
export function Idempotent(type: Type, { created, key }: { created: string; key: string }): MethodDecorator {
  return applyDecorators(
    UseInterceptors(ResourceInterceptor, IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: `1 to 255 printable ASCII characters, best a UUID: ${key}`,
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ApiCreatedResponse({ type, description: created, headers: NEW_RESOURCE_HEADERS }),
    ApiOkResponse({
      type,
      description: 'The response of the first request with this key',
      headers: headers('ETag', 'Idempotent-Replayed'),
    }),
    Problems(InvalidIdempotencyKey, IdempotencyKeyReused),
  );
}
