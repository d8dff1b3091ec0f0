import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { invalidField, Problems } from '../problem/problem.decorators.js';

/** Documents a route that returns a page of a list. */
export function ApiPage(entry: Type): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({
      type: [entry],
      headers: {
        Link: {
          description: 'The next page, `rel="next"`, relative to this request: `<?limit=50&cursor=…>`',
          schema: { type: 'string' },
        },
      },
    }),
    Problems(invalidField('limit', 'limit must not be greater than 100')),
  );
}
