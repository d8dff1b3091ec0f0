import { NoAnswerError, type Answer } from './errors.js';
import { mayRepeat } from './may-repeat.js';

/** How long to try. */
export interface Patience {
  /** Ends the tries. What they did so far is not undone. */
  signal?: AbortSignal | undefined;
  /** For all tries together; 60,000 by default. */
  maxWaitMs?: number | undefined;
}

const MAX_WAIT_MS = 60_000;
/** Longer than the API takes for any answer. */
const MAX_TRY_MS = 30_000;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5_000;

/**
 * Sends a request until its answer is final, or until the time is over. Waits as long as Retry-After says, or longer.
 * Returns the last answer.
 * @param key the idempotency key, for the error
 * @throws NoAnswerError if the last try had no answer, and the reason of the signal
 */
export async function untilAnswered<A extends Answer>(
  send: (signal: AbortSignal) => Promise<A>,
  { signal, maxWaitMs = MAX_WAIT_MS }: Patience = {},
  key?: string,
): Promise<A> {
  const endsAt = Date.now() + maxWaitMs;
  for (let failures = 0; ; failures += 1) {
    const outcome = await tryOnce(send, Math.min(MAX_TRY_MS, endsAt - Date.now()), signal);
    if (outcome.answer && !mayRepeat(outcome.answer.response)) return outcome.answer;
    const waitMs = Math.max(retryAfterMs(outcome.answer?.response), backoffMs(failures));
    if (Date.now() + waitMs < endsAt) await sleep(waitMs, signal);
    else if (outcome.answer) return outcome.answer;
    else throw new NoAnswerError(outcome.error, key);
  }
}

interface Outcome<A> {
  answer?: A;
  /** What broke the connection, if there is no answer. */
  error?: unknown;
}

async function tryOnce<A>(
  send: (signal: AbortSignal) => Promise<A>,
  maxMs: number,
  signal?: AbortSignal,
): Promise<Outcome<A>> {
  const timeout = AbortSignal.timeout(maxMs);
  try {
    return { answer: await send(signal ? AbortSignal.any([signal, timeout]) : timeout) };
  } catch (error) {
    signal?.throwIfAborted();
    // fetch throws a TypeError if the connection cannot be made or breaks.
    if (timeout.aborted || error instanceof TypeError) return { error };
    throw error;
  }
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
