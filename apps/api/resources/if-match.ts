import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Precondition } from '#errors';
import { headerLines } from '../http/header-lines.js';
import { entityTagOf, matchesStrongly } from './entity-tag.js';

/** Injects the lines of the request's If-Match. */
export const IfMatch = createParamDecorator((_: undefined, context: ExecutionContext) =>
  headerLines(context.switchToHttp().getRequest<Request>(), 'if-match'),
);

/**
 * Returns what If-Match demands of a resource, or undefined without that header.
 * @param dto renders the resource as the client reads it
 */
export function preconditionOf<Resource>(
  ifMatch: readonly string[],
  dto: { from(resource: Resource): object },
): Precondition<Resource> | undefined {
  if (ifMatch.length === 0) return undefined;
  return (current) => matchesStrongly(ifMatch, entityTagOf(dto.from(current)));
}
