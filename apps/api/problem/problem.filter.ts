import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isDatabaseUnavailable } from '#database';
import { DomainError, type ErrorKind, type FieldError } from '#errors';
import type { ProblemDto } from './dto/problem.dto.js';

const STATUS: Record<ErrorKind, number> = {
  refused: 400,
  invalid: 422,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  throttled: 429,
  unavailable: 503,
};

/** How soon a database that was away is worth a new try. */
const DATABASE_RETRY_SECONDS = 2;

interface Refusal {
  status: number;
  code: string;
  detail: string;
  fields?: FieldError[];
  retryAfterSeconds?: number;
  extensions?: Record<string, unknown>;
  requestId?: string;
}

/** The one way out for errors: every one becomes problem details (RFC 9457); what nobody expected is logged and told as 500 without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request & { id: string }>();
    const response = http.getResponse<Response>();
    const refusal = this.refusalFor(error, request.id);
    if (refusal.retryAfterSeconds !== undefined) response.setHeader('Retry-After', refusal.retryAfterSeconds);
    if (refusal.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const problem: ProblemDto = {
      type: `urn:coffee-shop:problem:${refusal.code}`,
      title: STATUS_CODES[refusal.status] ?? 'Error',
      status: refusal.status,
      detail: refusal.detail,
      instance: request.originalUrl.split('?', 1)[0] ?? '/',
      code: refusal.code,
      request_id: refusal.requestId ?? request.id,
      ...(refusal.fields && { errors: refusal.fields }),
      ...refusal.extensions,
    };
    response.status(refusal.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private refusalFor(error: unknown, requestId: string): Refusal {
    if (error instanceof DomainError) return Object.assign(error, { status: STATUS[error.kind] });
    if (isDatabaseUnavailable(error)) {
      this.log.error(error, { reqId: requestId });
      return {
        status: 503,
        code: 'database_unavailable',
        detail:
          'The database cannot be reached; repeat the request, with its Idempotency-Key where it has one',
        retryAfterSeconds: DATABASE_RETRY_SECONDS,
      };
    }
    // Nest's own, like that of an unknown route, and what it makes of the body parser's.
    if (error instanceof HttpException) return refusal(error.getStatus(), error.message);
    this.log.error(error, { reqId: requestId });
    return {
      status: 500,
      code: 'internal_error',
      detail: 'Something went wrong here; it was recorded under this request_id',
    };
  }
}

function refusal(status: number, detail: string): Refusal {
  return { status, code: (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(/\W+/g, '_'), detail };
}
