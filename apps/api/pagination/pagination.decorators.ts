import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { headers } from '../openapi/headers.js';
import { invalidField, Problems } from '../problem/problem.decorators.js';

/** Documents a route that returns a page of a list. */
export function ApiPage(entry: Type): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({ type: [entry], headers: headers('Link') }),
    Problems(invalidField('limit', 'limit must not be greater than 100')),
  );
}
