import 'reflect-metadata';
import { environment, startProcess } from '#config';
import { startAll } from './start-all.js';

await startProcess(async () => {
  const starting = startAll(environment(), '.data');
  let stopping: Promise<void> | undefined;
  // Ctrl-C sends SIGINT twice, from the terminal and from npm. The second one must not interrupt the stop.
  const stop = (): void => {
    stopping ??= starting.then((app) => app.stop()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const app = await starting;
  console.log(`
  The coffee shop is running.

  API        ${app.api}
  OpenAPI    ${app.api}/docs${app.firstLogin === undefined ? '' : `   (${app.firstLogin})`}
  Sandbox    ${app.sandbox ?? '(real providers)'}
  Data       ${app.data ?? '(DATABASE_URL)'}

  Ctrl-C stops everything.
`);
});
