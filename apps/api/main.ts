import 'reflect-metadata';
import { Config, startProcess } from '#config';
import { waitForDatabase } from '#database';
import { createApi, listen } from './create-api.js';

await startProcess(async () => {
  const config = Config.from();
  await waitForDatabase(config);
  const api = await createApi(config);
  api.enableShutdownHooks();
  await listen(api, config.port);
});
