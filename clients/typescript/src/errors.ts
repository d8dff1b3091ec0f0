import { mayRepeat } from './may-repeat.js';
import type { ProblemBody, ProblemCode } from './types.js';

/** The statuses below 500 that say nothing about an earlier try with the same key. */
const UNRELATED = [401, 408, 429];

/** The API refused the request, or a proxy did. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  /** Undefined if a proxy answered instead of the API, as are `problem` and `requestId`. */
  readonly code: ProblemCode | undefined;
  /** The API's sentence. */
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly problem: ProblemBody | undefined;
  /** False if the key may still lead to an order or a refund: keep it, and call again with it. */
  readonly isFinal: boolean;

  /** @param key the idempotency key of the request, if it had one */
  constructor(
    response: Response,
    body: unknown,
    readonly key?: string,
  ) {
    const { status, statusText } = response;
    const problem = isProblem(body) ? body : undefined;
    const detail = problem?.detail ?? 'The response is not one of the API';
    super(`${status} ${problem?.code ?? statusText}: ${detail}`);
    this.status = status;
    this.code = problem?.code;
    this.detail = detail;
    this.requestId = problem?.request_id;
    this.problem = problem;
    this.isFinal = status < 500 && !UNRELATED.includes(status) && !mayRepeat(response);
  }
}

/** No answer came in time. Whether the API did what was asked is not known. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly isFinal = false;

  /** @param key the idempotency key of the request, if it had one */
  constructor(
    cause: unknown,
    readonly key?: string,
  ) {
    super('The API did not answer', { cause });
  }
}

/** What a call of the client returns. */
export interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

type Success<A extends Answer> = Extract<A, { error?: never }>;

/**
 * Returns the body of a response. `key` is for the error.
 * @throws ProblemError if the request was refused
 */
export async function unwrap<A extends Answer>(
  request: Promise<A>,
  key?: string,
): Promise<Success<A>['data']> {
  const answer = await request;
  if (isSuccess(answer)) return answer.data;
  throw new ProblemError(answer.response, answer.error, key);
}

function isSuccess<A extends Answer>(answer: A): answer is Success<A> {
  return answer.response.ok;
}

function isProblem(body: unknown): body is ProblemBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    ['code', 'detail', 'request_id'].every((member) => typeof Reflect.get(body, member) === 'string')
  );
}
