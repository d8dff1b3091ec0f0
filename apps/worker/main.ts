import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { Config, startProcess, VERSION } from '#config';
import { assertMigrated, waitForDatabase } from '#database';
import { migrations } from '../../migrations/index.js';
import { createWorker } from './create-worker.js';

await startProcess(async () => {
  const config = Config.from();
  await waitForDatabase(config);
  await assertMigrated(config.databaseUrl, migrations);
  const worker = await createWorker(config);
  worker.enableShutdownHooks();
  new Logger('Worker').log(`Coffee shop worker ${VERSION} started`);
});
