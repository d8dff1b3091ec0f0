import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { Config, listen, startProcess, VERSION } from '#config';
import { assertMigrated, waitForDatabase } from '#database';
import { serveMetrics } from '#metrics';
import { startTracing } from '#tracing';
import { migrations } from '../../migrations/index.js';
import { createApi } from './create-api.js';

await startProcess(async () => {
  const config = Config.from();
  if (config.exportsTraces) await startTracing('coffee-shop-api');
  await waitForDatabase(config);
  await assertMigrated(config.databaseUrl, migrations);
  const api = await createApi(config);
  api.enableShutdownHooks();
  const metrics = config.metricsAddress && (await serveMetrics(api, config.metricsAddress));
  const url = await listen(api, config.address);
  new Logger('Api').log(`Coffee shop API ${VERSION} listens on ${url}`, { metrics });
});
