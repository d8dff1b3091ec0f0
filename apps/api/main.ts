import 'reflect-metadata';
import { Config, listen, startProcess } from '#config';
import { waitForDatabase } from '#database';
import { startTracing } from '#tracing';
import { createApi } from './create-api.js';

await startProcess(async () => {
  const config = Config.from();
  if (config.exportsTraces) await startTracing('coffee-shop-api');
  await waitForDatabase(config);
  const api = await createApi(config);
  api.enableShutdownHooks();
  await listen(api, config.address);
});
