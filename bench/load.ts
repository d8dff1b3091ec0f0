import { fork } from 'node:child_process';

/** Requests to send over keep-alive connections, one at a time on each connection. */
export interface LoadTask {
  urls: string[];
  /** In total, divided among the URLs. */
  connections: number;
  seconds: number;
  expectedStatus: number;
  /** Each connection sends these in order and repeats them. */
  requests: LoadRequest[];
  /** Values for `:id`: the first request of a sequence takes the next one, the later requests reuse it. */
  ids?: string[];
  /** Whether ids are reused after the last one. */
  idsMayRepeat?: boolean;
  /** If set, every request carries a new Idempotency-Key that starts with this prefix. */
  keyPrefix?: string;
}

export interface LoadRequest {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** The result of a task; latencies in µs. */
export interface LoadResult {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
  /** Unexpected statuses, lost connections and time-outs. */
  failures: string[];
}

/** Runs a task in a separate process. Throws an Error if a response differs from the expected status. */
export async function runLoad(task: LoadTask): Promise<LoadResult> {
  const child = fork('dist/bench/load-generator.js', { execArgv: [] });
  const result = await new Promise<LoadResult>((resolve, reject) => {
    child.once('message', (message: LoadResult) => resolve(message));
    child.once('exit', () => reject(new Error('The load generator exited without a result')));
    child.send(task);
  });
  if (result.failures.length > 0) {
    const path = task.requests[0]?.path ?? '';
    throw new Error(`${path}: expected status ${task.expectedStatus}, got ${result.failures.join(', ')}`);
  }
  return result;
}
