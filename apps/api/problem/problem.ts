import { STATUS_CODES } from 'node:http';
import { DomainError, type ErrorKind } from '#errors';
import type { ProblemDto } from './dto/problem.dto.js';
import type { HttpRefusal } from './http-refusals.js';

/** An error that a client sees. */
export type Refusal = DomainError | HttpRefusal;

const STATUS_OF_KIND: Record<ErrorKind, number> = {
  invalid_argument: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
};

export function statusOf(refusal: Refusal): number {
  return refusal instanceof DomainError ? STATUS_OF_KIND[refusal.kind] : refusal.status;
}

/** Renders a refusal as problem details (RFC 9457). */
export function problemOf(refusal: Refusal, instance: string, requestId: string): ProblemDto {
  const status = statusOf(refusal);
  const { fields, extensions } = refusal instanceof DomainError ? refusal : {};
  return {
    type: `urn:coffee-shop:problem:${refusal.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: refusal.detail,
    instance,
    code: refusal.code,
    request_id: requestId,
    ...(fields && { errors: fields }),
    ...extensions,
  };
}
