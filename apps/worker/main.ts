import 'reflect-metadata';
import { Config, startProcess } from '#config';
import { createWorker } from './create-worker.js';

await startProcess(async () => {
  const worker = await createWorker(Config.from());
  worker.enableShutdownHooks();
});
