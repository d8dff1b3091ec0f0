import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { requestTarget } from '../http/request-target.js';
import { entityTagOf } from './entity-tag.js';

/** Sets the ETag of a response that is one resource, and the Location of a new one. */
@Injectable()
export class ResourceInterceptor implements NestInterceptor<{ id: string }> {
  intercept(context: ExecutionContext, next: CallHandler<{ id: string }>): Observable<{ id: string }> {
    const http = context.switchToHttp();
    const { path } = requestTarget(http.getRequest<Request>());
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      tap((resource) => {
        response.setHeader('ETag', entityTagOf(resource));
        if (response.statusCode === 201) response.setHeader('Location', memberLocation(path, resource.id));
      }),
    );
  }
}

/**
 * Returns the location of a member of the collection at `path`, relative to that (RFC 3986, 5.2): `orders/{id}` for
 * `/api/v1/orders`. So it is right behind a proxy that adds a prefix to the path.
 */
export function memberLocation(path: string, id: string): string {
  const lastSegment = path.slice(path.lastIndexOf('/') + 1);
  return lastSegment === '' ? id : `${lastSegment}/${id}`;
}
