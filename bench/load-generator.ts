import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { LoadResult, LoadTask } from './load.js';

const REQUEST_TIMEOUT_SECONDS = 30;

/** The child process of `runLoad`: receives one task, runs it and sends the result. */
process.once('message', (task: LoadTask) => {
  void generateLoad(task).then((result) => {
    process.send?.(result, () => process.disconnect());
  });
});

async function generateLoad(task: LoadTask): Promise<LoadResult> {
  const latencies = createHistogram();
  const statuses = new Map<number, number>();
  const requests = buildRequests(task);
  const started = performance.now();
  const results = await Promise.all(
    task.urls.map((url) =>
      autocannon({
        url,
        connections: Math.ceil(task.connections / task.urls.length),
        duration: task.seconds,
        timeout: REQUEST_TIMEOUT_SECONDS,
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
  const unexpected = [...statuses].filter(([status]) => status !== task.expectedStatus);
  return {
    requests: latencies.count,
    seconds: (performance.now() - started) / 1000,
    p50: latencies.percentile(50),
    p99: latencies.percentile(99),
    failures: [
      ...unexpected.map(([status, count]) => `${count} × status ${status}`),
      ...(errors > 0 ? [`${errors} × no response`] : []),
    ],
  };
}

function buildRequests({ requests, ids, idsMayRepeat, keyPrefix }: LoadTask): autocannon.Request[] {
  if (!ids && keyPrefix === undefined) return requests;
  let usedIds = 0;
  let usedKeys = 0;
  const nextId = (): string => {
    if (!ids) return '';
    if (usedIds >= ids.length && !idsMayRepeat) throw new Error('The task has too few ids');
    return ids[usedIds++ % ids.length] ?? '';
  };
  return requests.map((request, index) => ({
    ...request,
    setupRequest: (built, context: { id?: string }) => {
      if (index === 0) context.id = nextId();
      const key = keyPrefix !== undefined && { 'Idempotency-Key': `${keyPrefix}-${usedKeys++}` };
      return {
        ...built,
        path: request.path.replace(':id', context.id ?? ''),
        headers: { ...request.headers, ...key },
      };
    },
  }));
}
