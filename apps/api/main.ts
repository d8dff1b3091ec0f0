import 'reflect-metadata';
import { Config, listen, startProcess } from '#config';
import { waitForDatabase } from '#database';
import { serveMetrics } from '#metrics';
import { createApi } from './create-api.js';

await startProcess(async () => {
  const config = Config.from();
  await waitForDatabase(config);
  const api = await createApi(config);
  api.enableShutdownHooks();
  if (config.metricsAddress) await serveMetrics(api, config.metricsAddress);
  await listen(api, config.address);
});
