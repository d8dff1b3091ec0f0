import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { entityTagOf } from './entity-tag.js';

/** Sends the ETag of a response that is one resource. */
@Injectable()
export class ResourceInterceptor implements NestInterceptor<object> {
  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(tap((body) => response.setHeader('ETag', entityTagOf(body))));
  }
}
