import 'reflect-metadata';
import { Config, startProcess } from '#config';
import { createApi, listen } from './create-api.js';

await startProcess(async () => {
  const config = Config.from();
  const api = await createApi(config);
  api.enableShutdownHooks();
  await listen(api, config.port);
});
