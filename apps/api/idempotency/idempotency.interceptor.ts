import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { catchError, map, type Observable } from 'rxjs';
import { IdempotencyKey } from '#idempotency';
import { PaymentDeclined } from '#placements';
import { headerLines } from '../http/header-lines.js';

const HEADER = 'idempotency-key';

/** A response body, and whether it is the response of an earlier request. */
export interface Replayable<Body> {
  body: Body;
  replayed: boolean;
}

type KeyedRequest = Request & { idempotencyKey?: IdempotencyKey };

/**
 * Parses the Idempotency-Key of the request, and marks a replayed response. It does not claim the key: interceptors run before
 * validation, and an invalid body must not use up a key.
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
        if (error instanceof PaymentDeclined && error.replayed) markReplayed(response);
        throw error;
      }),
    );
  }
}

/** Injects the request's Idempotency-Key, if it has one. */
export const RequestKey = createParamDecorator(
  (_: undefined, context: ExecutionContext) =>
    context.switchToHttp().getRequest<KeyedRequest>().idempotencyKey,
);

function markReplayed(response: Response): Response {
  return response.setHeader('Idempotent-Replayed', 'true');
}
