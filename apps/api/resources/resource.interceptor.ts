import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { entityTagOf } from './entity-tag.js';

/** Sets the ETag of a response that is one resource, and the Location of a new one. */
@Injectable()
export class ResourceInterceptor implements NestInterceptor<{ id: string }> {
  intercept(context: ExecutionContext, next: CallHandler<{ id: string }>): Observable<{ id: string }> {
    const http = context.switchToHttp();
    const { originalUrl } = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      tap((resource) => {
        response.setHeader('ETag', entityTagOf(resource));
        if (response.statusCode === 201)
          response.setHeader('Location', memberLocation(originalUrl, resource.id));
      }),
    );
  }
}

/**
 * Returns the location of a member of the collection at `url`, relative to that URL (RFC 3986, 5.2): `orders/{id}` for
 * `/api/v1/orders`. So it is right behind a proxy that adds a prefix to the path.
 */
export function memberLocation(url: string, id: string): string {
  const [path = ''] = url.split('?', 1);
  const lastSegment = path.slice(path.lastIndexOf('/') + 1);
  return lastSegment === '' ? id : `${lastSegment}/${id}`;
}
