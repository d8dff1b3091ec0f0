import 'reflect-metadata';
import { environment, startProcess } from '#platform';
import { startAll } from './start-all.js';

await startProcess(async () => {
  const starting = startAll(environment(), '.data');
  let stopping: Promise<void> | undefined;
  // At Ctrl-C the terminal signals us, and npm once more: that must neither cut the stop short nor catch us half open.
  const stop = (): void => {
    stopping ??= starting.then((app) => app.stop()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const app = await starting;
  console.log(`
  The shop is open.

  API        ${app.api}
  OpenAPI    ${app.api}/docs   (Authorize: manager@example.com / manager123)
  Sandbox    ${app.sandbox ?? '(real providers)'}
  Data       ${app.data ?? '(DATABASE_URL)'}

  Ctrl-C stops everything.
`);
});
