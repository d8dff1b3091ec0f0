import 'reflect-metadata';
import { Config, startProcess } from '#config';
import { waitForDatabase } from '#database';
import { startTracing } from '#tracing';
import { createWorker } from './create-worker.js';

await startProcess(async () => {
  const config = Config.from();
  if (config.exportsTraces) await startTracing('coffee-shop-worker');
  await waitForDatabase(config);
  const worker = await createWorker(config);
  worker.enableShutdownHooks();
});
