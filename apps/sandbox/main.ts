import 'reflect-metadata';
import { startProcess } from '#config';
import { createSandbox } from './create-sandbox.js';

const PORT = 8001;

await startProcess(async () => {
  const sandbox = await createSandbox();
  sandbox.enableShutdownHooks();
  await sandbox.listen(PORT);
});
