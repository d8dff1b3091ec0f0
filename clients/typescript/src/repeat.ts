import { isTransient, NoAnswerError, type Answer } from './errors.js';
import { mayRepeat } from './may-repeat.js';

/** How long to try. */
export interface RetryOptions {
  /** Ends the tries. What they did so far is not undone. */
  signal?: AbortSignal | undefined;
  /** For all tries together; 60,000 by default. */
  maxWaitMs?: number | undefined;
}

const MAX_WAIT_MS = 60_000;
/** Longer than the API takes for any answer with its default settings. */
const MAX_TRY_MS = 30_000;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5_000;

/**
 * Sends a request until its answer is final, or until the time is over. Waits as long as Retry-After says, or longer.
 * Returns the last answer.
 * @param key the idempotency key, for the error
 * @throws NoAnswerError if the last try had no answer, and the reason of the signal
 */
export async function sendWithRetries<A extends Answer>(
  send: (signal: AbortSignal) => Promise<A>,
  { signal, maxWaitMs = MAX_WAIT_MS }: RetryOptions = {},
  key?: string,
): Promise<A> {
  const endsAt = Date.now() + maxWaitMs;
  for (let failures = 0; ; failures += 1) {
    const outcome = await tryOnce(send, Math.min(MAX_TRY_MS, endsAt - Date.now()), signal);
    if (outcome.answer && !mayRepeat(outcome.answer.response)) return outcome.answer;
    const waitMs = Math.max(retryAfterMs(outcome.answer?.response), backoffMs(failures));
    const hasTime = Date.now() + waitMs < endsAt;
    if (hasTime) await sleep(waitMs, signal);
    // A device that sleeps wakes up late.
    if (hasTime && Date.now() < endsAt) continue;
    if (outcome.answer) return outcome.answer;
    throw new NoAnswerError(outcome.error, key);
  }
}

interface Outcome<A> {
  answer?: A;
  /** Why there is no answer. */
  error?: unknown;
}

async function tryOnce<A extends Answer>(
  send: (signal: AbortSignal) => Promise<A>,
  maxMs: number,
  signal?: AbortSignal,
): Promise<Outcome<A>> {
  const timeout = AbortSignal.timeout(Math.max(0, Math.ceil(maxMs)));
  try {
    const answer = await send(signal ? AbortSignal.any([signal, timeout]) : timeout);
    return isOfApi(answer) ? { answer } : { error: new SyntaxError('The response has no body') };
  } catch (error) {
    signal?.throwIfAborted();
    if (timeout.aborted || saysNothing(error)) return { error };
    throw error;
  }
}

/** The API returns a body with each success of these requests; a proxy may not. */
function isOfApi({ response, data }: Answer): boolean {
  return !response.ok || data !== undefined;
}

/** A TypeError is a connection that broke or could not be made, a SyntaxError a body that is not JSON. */
function saysNothing(error: unknown): boolean {
  return error instanceof TypeError || error instanceof SyntaxError || isTransient(error);
}

function retryAfterMs(response?: Response): number {
  const seconds = Number(response?.headers.get('Retry-After'));
  // A date would be a proxy's.
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

/** Returns a random time, so that clients do not come back together. */
function backoffMs(failures: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** failures, MAX_BACKOFF_MS) * (0.5 + Math.random() / 2);
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
  });
  signal?.throwIfAborted();
}
