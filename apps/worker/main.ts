import 'reflect-metadata';
import { Config, startProcess } from '#config';
import { waitForDatabase } from '#database';
import { serveMetrics } from '#metrics';
import { createWorker } from './create-worker.js';

await startProcess(async () => {
  const config = Config.from();
  await waitForDatabase(config);
  const worker = await createWorker(config);
  worker.enableShutdownHooks();
  if (config.metricsAddress) await serveMetrics(worker, config.metricsAddress);
});
