import 'reflect-metadata';
import { once } from 'node:events';
import { environment, startProcess } from '#config';
import { DATA_FOLDER } from './data-folder.js';
import { Progress } from './progress.js';
import type { RunningApp } from './start-all.js';

const progress = new Progress((text) => process.stdout.write(text));
// Writing fails after the terminal was closed. That must not interrupt the stop.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

await startProcess(async () => {
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  stopping.signal.addEventListener('abort', () => {
    console.log('\n  Stopping. Running requests and notifications are finished first.\n');
  });
  // Ctrl-C sends SIGINT twice, from the terminal and from npm. The second one must not interrupt the stop. A closed terminal sends SIGHUP.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  console.log('\n  Starting the coffee shop. Ctrl-C stops it.\n');
  try {
    const app = await start(stopping.signal);
    if (!stopping.signal.aborted) console.log(bannerOf(app));
    await stopped;
    await app.stop();
  } catch (error) {
    if (error !== stopping.signal.reason) throw error;
  }
  console.log('\n  Stopped.');
  process.exit(0);
});

/** Loading takes a second, so it happens after the first line was printed. */
async function start(signal: AbortSignal): Promise<RunningApp> {
  const { startAll } = await progress.step('Loading the program', () => import('./start-all.js'));
  return startAll(environment(), DATA_FOLDER, progress, signal);
}

function bannerOf({ api, metrics, firstLogin, sandbox, data }: RunningApp): string {
  return `
  The coffee shop is running.

  API        ${api}
  OpenAPI    ${api}/docs${firstLogin === undefined ? '' : `   (${firstLogin})`}
  Board      ${api}/board
  Metrics    ${metrics}
  Sandbox    ${sandbox ?? '(real providers)'}
  Data       ${data ?? '(DATABASE_URL)'}

  Ctrl-C stops everything. ${api} links to the pages of the API.
`;
}
