import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { InvalidToken } from '#auth';
import { isDatabaseUnavailable, isMissingReference } from '#database';
import { DomainError } from '#errors';
import { requestFields } from '#logging';
import type { RequestContext } from '#tracing';
import type { IdentifiedRequest } from '../http/identified-request.js';
import { requestTarget } from '../http/request-target.js';
import { DatabaseUnavailable } from './database-unavailable.js';
import { HttpRefusal, InternalError } from './http-refusals.js';
import { problemOf, statusOf, type Refusal } from './problem.js';

/** What Nest throws itself, for example for a path that cannot be decoded. */
class FrameworkRefusal extends HttpRefusal {
  constructor(error: HttpException) {
    const status = error.getStatus();
    const title = STATUS_CODES[status] ?? 'error';
    super(status, title.toLowerCase().replaceAll(/\W+/g, '_'), error.message);
  }
}

/** How to authenticate (RFC 6750, 3). Only a token that was sent has an error. */
function challengeOf(refusal: Refusal): string {
  const error = refusal instanceof InvalidToken ? ', error="invalid_token"' : '';
  return `Bearer realm="coffee-shop"${error}`;
}

/** Turns every error into problem details (RFC 9457). Logs unexpected errors and hides their details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<IdentifiedRequest>();
    const response = http.getResponse<Response>();
    const refusal = this.refusalOf(error, request.context);
    // The request was refused while it was being received, or the route failed after it had responded.
    if (response.headersSent) return;
    const status = statusOf(refusal);
    if (refusal instanceof HttpRefusal) response.set(refusal.headers);
    if (refusal instanceof DomainError && refusal.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', refusal.retryAfterSeconds);
    if (status === 401) response.setHeader('WWW-Authenticate', challengeOf(refusal));
    request.problemCode = refusal.code;
    const { path } = requestTarget(request);
    const problem = problemOf(refusal, path, request.context.requestId);
    response.status(status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private refusalOf(error: unknown, context: RequestContext): Refusal {
    if (error instanceof DomainError || error instanceof HttpRefusal) return error;
    if (isDatabaseUnavailable(error)) {
      this.log.error(error, requestFields(context));
      return new DatabaseUnavailable();
    }
    // The user was deleted while the role was cached.
    if (isMissingReference(error, 'users')) return new InvalidToken();
    if (error instanceof HttpException) return new FrameworkRefusal(error);
    this.log.error(error, requestFields(context));
    return new InternalError();
  }
}
