import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { Config, startProcess, VERSION } from '#config';
import { assertMigrated, waitForDatabase } from '#database';
import { serveMetrics } from '#metrics';
import { startTracing } from '#tracing';
import { migrations } from '../../migrations/index.js';
import { createWorker } from './create-worker.js';
import { WorkerHealth } from './worker-health.js';
import { WorkerService } from './worker.service.js';

await startProcess(async () => {
  const config = Config.from();
  if (config.exportsTraces) await startTracing('coffee-shop-worker');
  await waitForDatabase(config);
  await assertMigrated(config.databaseUrl, migrations);
  const worker = await createWorker(config);
  worker.enableShutdownHooks();
  // Before the work: a process that cannot listen exits, and must not have sent anything.
  const { checks } = worker.get(WorkerHealth);
  const metrics = config.metricsAddress && (await serveMetrics(worker, config.metricsAddress, checks));
  await worker.get(WorkerService).start();
  new Logger('Worker').log(`Coffee shop worker ${VERSION} started`, { metrics });
});
