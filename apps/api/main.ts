import 'reflect-metadata';
import { Config, listen, startProcess } from '#config';
import { createApi } from './create-api.js';

await startProcess(async () => {
  const config = Config.from();
  const api = await createApi(config);
  api.enableShutdownHooks();
  await listen(api, config.address);
});
