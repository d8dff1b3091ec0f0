import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';

/** The load, in a process of its own: reads one task as a message, drives it, sends what it measured. */

/** One kind of request over keep-alive connections, one at a time on each. */
export interface LoadTask {
  urls: string[];
  connections: number;
  seconds: number;
  /** What every answer must have. */
  status: number;
  /** Sent one after the other on each connection; `:id` in a path is the next of `ids`, the same for the whole row. */
  requests: {
    method: 'GET' | 'POST' | 'PATCH';
    path: string;
    headers: Record<string, string>;
    body?: string;
  }[];
  ids?: string[];
  /** Whether ids may be used again when all have been. */
  idsMayRepeat?: boolean;
  /** Whether every request carries an Idempotency-Key of its own, with this start. */
  keys?: string;
}

/** What a task came to; latencies in µs. */
export interface LoadResult {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
  /** Other statuses than the expected, lost connections, time-outs. */
  failures: string[];
}

async function drive(task: LoadTask): Promise<LoadResult> {
  const latencies = createHistogram();
  const statuses = new Map<number, number>();
  let used = 0;
  const nextId = (): string => {
    const { ids = [], idsMayRepeat = false } = task;
    if (used >= ids.length && !idsMayRepeat) throw new Error('More ids are needed for this load');
    return ids[used++ % ids.length] ?? '';
  };
  const requests = task.requests.map((request, index): autocannon.Request => {
    if (!task.ids && task.keys === undefined) return request;
    return {
      ...request,
      setupRequest: (built, context: { id?: string }) => {
        if (task.ids && index === 0) context.id = nextId();
        return {
          ...built,
          path: request.path.replace(':id', context.id ?? ''),
          headers:
            task.keys === undefined
              ? request.headers
              : { ...request.headers, 'Idempotency-Key': `${task.keys}-${used++}` },
        };
      },
    };
  });
  const started = performance.now();
  const connections = Math.ceil(task.connections / task.urls.length);
  const results = await Promise.all(
    task.urls.map((url) =>
      autocannon({
        url,
        connections,
        duration: task.seconds,
        timeout: 30,
        requests,
        setupClient: (client) => {
          client.on('response', (status, _bytes, milliseconds) => {
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
          });
        },
      }),
    ),
  );
  const errors = results.reduce((sum, result) => sum + result.errors, 0);
  const unexpected = [...statuses].filter(([status]) => status !== task.status);
  return {
    requests: latencies.count,
    seconds: (performance.now() - started) / 1000,
    p50: latencies.percentile(50),
    p99: latencies.percentile(99),
    failures: [
      ...unexpected.map(([status, times]) => `${times} × status ${status}`),
      ...(errors > 0 ? [`${errors} × no answer`] : []),
    ],
  };
}

process.once('message', (task: LoadTask) => {
  void drive(task).then((measured) => {
    process.send?.(measured, () => process.disconnect());
  });
});
