import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { Config, startProcess, VERSION } from '#config';
import { assertMigrated, waitForDatabase } from '#database';
import { serveMetrics } from '#metrics';
import { startTracing } from '#tracing';
import { migrations } from '../../migrations/index.js';
import { createWorker } from './create-worker.js';

await startProcess(async () => {
  const config = Config.from();
  if (config.exportsTraces) await startTracing('coffee-shop-worker');
  await waitForDatabase(config);
  await assertMigrated(config.databaseUrl, migrations);
  const worker = await createWorker(config);
  worker.enableShutdownHooks();
  if (config.metricsAddress) await serveMetrics(worker, config.metricsAddress);
  new Logger('Worker').log(`Coffee shop worker ${VERSION} started`);
});
