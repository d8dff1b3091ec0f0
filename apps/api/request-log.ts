import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp, type HttpLogger } from 'pino-http';
import type { AuthenticatedRequest } from './auth/auth.decorators.js';

const SAFE_REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * One line a request, with its id, which the answer carries as X-Request-Id. No headers and no bodies: tokens, keys and passwords
 * travel in them.
 */
export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: (request: IncomingMessage, response: ServerResponse) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && SAFE_REQUEST_ID.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    quietReqLogger: true,
    // Who was refused something is worth knowing; who they are beyond their id is not.
    customProps: ({ user }: IncomingMessage & Partial<AuthenticatedRequest>) =>
      user ? { user: user.id } : {},
    customLogLevel: (request, response, error) => {
      if (error ?? response.statusCode >= 500) return 'error';
      return request.url?.startsWith('/health/') ? 'debug' : 'info';
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: url.split('?', 1)[0],
      }),
      // What went wrong is logged where it is known; here it would be a guess from the status.
      err: () => undefined,
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });
}
