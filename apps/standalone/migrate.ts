import 'reflect-metadata';
import { Config, startProcess } from '#config';
import { migrate, waitForDatabase } from '#database';
import { migrations } from '../../migrations/index.js';

/** Runs the pending migrations. Several of these programs may run at once. */
await startProcess(async () => {
  const config = Config.forCommand();
  await waitForDatabase(config);
  const names = await migrate(config.directDatabaseUrl, migrations);
  console.log(names.length > 0 ? `Migrated: ${names.join(', ')}` : 'No migrations are pending');
});
