import { mayRepeat } from './may-repeat.js';
import type { ProblemBody, ProblemCode } from './types.js';

/** The API decides these before it looks for the key, so that an earlier try may have succeeded. */
const STATUSES_OF_NO_OUTCOME = [401, 403, 408, 429];

/** The key belongs to another request, which may have succeeded. */
const KEY_REUSED: ProblemCode = 'idempotency_key_reused';

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
  /**
   * True if the API refused the request of the key for good. False if the key may still lead to an order or a
   * refund: keep it, and call again with it. False for a request without a key.
   */
  readonly isFinal: boolean;

  /**
   * @param key the idempotency key of the call, if it had one
   * @param isOfKey whether this is the response to the request with the key
   */
  constructor(
    readonly response: Response,
    body: unknown,
    readonly key?: string,
    isOfKey = key !== undefined,
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
    this.isFinal =
      isOfKey &&
      problem !== undefined &&
      status < 500 &&
      !STATUSES_OF_NO_OUTCOME.includes(status) &&
      problem.code !== KEY_REUSED &&
      !mayRepeat(response);
  }

  /** Returns this error, such as that of a login that has ended, for a call with a key that needed its request. */
  forCallWith(key: string): ProblemError {
    return new ProblemError(this.response, this.problem, key, false);
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

/** Whether the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof ProblemError && mayRepeat(error.response));
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
