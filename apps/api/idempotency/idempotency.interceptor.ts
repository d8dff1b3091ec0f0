import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { catchError, map, type Observable } from 'rxjs';
import { IdempotencyKey } from '#placements';
import { DomainError } from '#errors';
import { headerLines } from '../http/header-lines.js';

const HEADER = 'idempotency-key';

/** An answer, and whether it was first given to an earlier request. */
export interface Replayable<Body> {
  body: Body;
  replayed: boolean;
}

type KeyedRequest = Request & { idempotencyKey?: IdempotencyKey };

/**
 * Reads the Idempotency-Key on the way in and marks a replay on the way out. It claims nothing: interceptors run before validation,
 * and an invalid body must not use a key up. Claiming is the first step of a placement.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  /** @throws InvalidIdempotencyKey */
  intercept(context: ExecutionContext, next: CallHandler<Replayable<unknown>>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<KeyedRequest>();
    const response = http.getResponse<Response>();
    request.idempotencyKey = IdempotencyKey.parse(headerLines(request, HEADER));
    return next.handle().pipe(
      map(({ body, replayed }) => {
        if (replayed) markReplayed(response).status(200);
        return body;
      }),
      catchError((error: unknown) => {
        if (error instanceof DomainError && error.replayed) markReplayed(response);
        throw error;
      }),
    );
  }
}

/** The request's Idempotency-Key, where it has one. */
export const RequestKey = createParamDecorator(
  (_: undefined, context: ExecutionContext) =>
    context.switchToHttp().getRequest<KeyedRequest>().idempotencyKey,
);

function markReplayed(response: Response): Response {
  return response.setHeader('Idempotent-Replayed', 'true');
}
