import 'reflect-metadata';
import { environment, startProcess } from '#config';
import { Progress } from './progress.js';
import type { RunningApp } from './start-all.js';

const progress = new Progress((text) => process.stdout.write(text));
// Writing fails after the terminal was closed. That must not interrupt the stop.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

await startProcess(async () => {
  console.log('\n  Starting the coffee shop. Ctrl-C stops it.\n');
  const starting = start();
  let stopping: Promise<void> | undefined;
  // Ctrl-C sends SIGINT twice, from the terminal and from npm. The second one must not interrupt the stop.
  const stop = (): void => {
    stopping ??= starting.then(stopAll).then(() => process.exit(0));
  };
  // A closed terminal sends SIGHUP.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const app = await starting;
  if (stopping === undefined) console.log(bannerOf(app));
});

/** Loading takes a second, so it happens after the first line was printed. */
async function start(): Promise<RunningApp> {
  const { startAll } = await progress.step('Loading the program', () => import('./start-all.js'));
  return startAll(environment(), '.data', progress);
}

async function stopAll(app: RunningApp): Promise<void> {
  console.log('\n  Stopping. Running requests and notifications are finished first.\n');
  await app.stop();
  console.log('\n  Stopped.');
}

function bannerOf({ api, firstLogin, sandbox, data }: RunningApp): string {
  return `
  The coffee shop is running.

  API        ${api}
  OpenAPI    ${api}/docs${firstLogin === undefined ? '' : `   (${firstLogin})`}
  Sandbox    ${sandbox ?? '(real providers)'}
  Data       ${data ?? '(DATABASE_URL)'}

  Ctrl-C stops everything. ${api} shows these addresses again.
`;
}
