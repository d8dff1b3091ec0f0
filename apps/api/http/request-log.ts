import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { requestFields } from '#logging';
import { parseTraceparent, type RequestContext } from '#tracing';
import type { AuthenticatedRequest } from '../auth/auth.decorators.js';
import { statusOf } from './exchange-facts.js';
import type { RefusedRequest } from './identified-request.js';
import { startRequestSpan, type TracedRequest } from './request-span.js';
import { requestTarget } from './request-target.js';

const SAFE_REQUEST_ID = /^[\w.-]{1,64}$/;

/** Without effect on the shop, so that their status does not matter once the client has gone. */
const SAFE_METHODS = ['GET', 'HEAD'];

/** The statuses of the 5xx class that a client causes: a method, coding or version that this server does not have. */
const UNSUPPORTED = [501, 505];

/** A request with its context from this function, its user from the guard and its problem from the filter. */
type LoggedRequest = TracedRequest & { context?: RequestContext } & Partial<AuthenticatedRequest> &
  RefusedRequest;

/**
 * Gives a request an id and its place in a trace, returns the id as X-Request-Id, and logs one line when the response ends.
 * If the client disconnects first, an unsafe request is logged when it has ended, with the status that it would have had.
 * Logs no headers, bodies or query strings, because they carry tokens, keys and passwords.
 */
export function logRequest(logger: Logger, request: LoggedRequest, response: ServerResponse): void {
  const startedAt = performance.now();
  const requestId = requestIdOf(request);
  response.setHeader('X-Request-Id', requestId);
  const { method, url = '' } = request;
  const { path } = requestTarget({ originalUrl: url });
  const given = parseTraceparent(request.headers.traceparent);
  const span = startRequestSpan(request, path, given);
  const context = { requestId, traceparent: span?.traceparent ?? given };
  request.context = context;
  const write = (isAborted: boolean): void => {
    const status = statusOf(response);
    const isOurFault = status !== undefined && status >= 500 && !UNSUPPORTED.includes(status);
    const level = isOurFault ? 'error' : path.startsWith('/health/') ? 'debug' : 'info';
    logger[level](
      {
        ...requestFields(context),
        method,
        path,
        user: request.user?.id,
        statusCode: status ?? null,
        code: request.problemCode,
        responseTime: Math.round(performance.now() - startedAt),
        aborted: isAborted || undefined,
      },
      isAborted ? 'request aborted' : 'request completed',
    );
    span?.end(status);
  };
  // Follows the last byte of the response, or the client's disconnect. "prefinish" is the end of the response in the program.
  response.once('close', () => {
    const isAborted = request.socket.destroyed;
    if (response.writableEnded || SAFE_METHODS.includes(method ?? '')) write(isAborted);
    else response.once('prefinish', () => write(isAborted));
  });
}

function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE_REQUEST_ID.test(given) ? given : randomUUID();
}
