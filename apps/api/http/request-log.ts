import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { requestField } from '#logging';
import type { AuthenticatedRequest } from '../auth/auth.decorators.js';
import { requestTarget } from './request-target.js';

const SAFE_REQUEST_ID = /^[\w.-]{1,64}$/;

/** A request with its id from this middleware and its user from the guard. */
type LoggedRequest = Request & { id?: string } & Partial<AuthenticatedRequest>;

/**
 * Gives each request an id, returns it as X-Request-Id, and logs one line when the response ends.
 * Logs no headers, bodies or query strings, because they carry tokens, keys and passwords.
 */
export function requestLog(logger: Logger) {
  return (request: LoggedRequest, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const id = requestIdOf(request);
    request.id = id;
    response.setHeader('X-Request-Id', id);
    // "close" follows the last byte of the response, or the client's disconnect.
    response.once('close', () => {
      const { method, user } = request;
      const { path } = requestTarget(request);
      const { statusCode, writableFinished } = response;
      const level = statusCode >= 500 ? 'error' : path.startsWith('/health/') ? 'debug' : 'info';
      logger[level](
        {
          ...requestField(id),
          method,
          path,
          user: user?.id,
          statusCode,
          responseTime: Math.round(performance.now() - startedAt),
        },
        writableFinished ? 'request completed' : 'request aborted',
      );
    });
    next();
  };
}

function requestIdOf({ headers }: Request): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE_REQUEST_ID.test(given) ? given : randomUUID();
}
