import 'reflect-metadata';
import { listen, sandboxAddress, startProcess } from '#config';
import { createSandbox } from './create-sandbox.js';

await startProcess(async () => {
  const address = sandboxAddress();
  const sandbox = await createSandbox();
  sandbox.enableShutdownHooks();
  await listen(sandbox, address);
});
