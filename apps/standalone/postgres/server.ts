import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '#config';
import type { DataDirectory } from './data-directory.js';
import { stopOrphanedServer } from './orphaned-server.js';

/** Long enough for crash recovery. */
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const MAX_START_ATTEMPTS = 20;
const RETRY_DELAY_MS = 200;
/** Another program took the port, or processes of an old server are still ending. */
const TRANSIENT_FAILURE = /could not bind|lock file .* already exists|still in use/;
/** Also of a standby. */
const READY = /ready to accept (read-only )?connections/;
/** The caller's environment is not passed on: PGPORT, PGDATA and LC_* would change the server. */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };
const NON_DURABLE_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
  'jit=off',
  // Keeps SQL out of the log: error entries quote the statement.
  'log_min_messages=log',
];

/** A server that accepts connections on 127.0.0.1. */
export interface PostgresServer {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Starts the server on a free port. Throws an Error with the end of PostgreSQL's log if it does not start. */
export async function startServer(
  postgres: string,
  data: DataDirectory,
  durable: boolean,
): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    await stopOrphanedServer(data);
    const port = await freePort();
    const settings = [...SETTINGS, `port=${port}`, ...(durable ? [] : NON_DURABLE_SETTINGS)];
    const child = await spawnWithLog(postgres, data, [
      ...['-D', data.cluster],
      ...settings.flatMap((setting) => ['-c', setting]),
    ]);
    if (await waitUntilReady(child, data)) return { child, port };
    await stopServer(child);
    const reason = await errorWithLog('PostgreSQL did not start', data);
    if (attempt === MAX_START_ATTEMPTS || !TRANSIENT_FAILURE.test(reason.message)) throw reason;
    await sleep(RETRY_DELAY_MS);
  }
}

/** Uses PostgreSQL's fast shutdown (SIGINT). After 30 s uses SIGQUIT, which needs crash recovery at the next start. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (hasExited(child)) return;
  child.kill('SIGINT');
  const forceStop = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await waitForExit(child);
  clearTimeout(forceStop);
}

/** Runs one of PostgreSQL's programs and waits for its exit. Throws an Error with the end of its log if it fails. */
export async function runProgram(program: string, data: DataDirectory, options: string[]): Promise<void> {
  const child = await spawnWithLog(program, data, options);
  await waitForExit(child);
  if (child.exitCode !== 0) throw await errorWithLog(`${program} failed`, data);
}

/** Detached, so that Ctrl-C in the terminal does not stop the database while requests still run. */
async function spawnWithLog(program: string, data: DataDirectory, options: string[]): Promise<ChildProcess> {
  const log = await open(data.logFile, 'w', 0o600);
  try {
    const child = spawn(program, options, {
      ...data.account,
      cwd: '/',
      detached: true,
      env: ENVIRONMENT,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve).once('error', reject);
    });
    return child;
  } finally {
    await log.close();
  }
}

/** Returns false if the server exits or does not become ready in time. */
async function waitUntilReady(child: ChildProcess, { logFile }: DataDirectory): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!hasExited(child) && Date.now() < deadline) {
    if (READY.test(await readFile(logFile, 'utf8'))) return true;
    await sleep(10);
  }
  return false;
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function waitForExit(child: ChildProcess): Promise<void> {
  if (!hasExited(child)) await new Promise((resolve) => child.once('exit', resolve));
}

async function errorWithLog(message: string, { logFile }: DataDirectory): Promise<StartupError> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n');
  return new StartupError([`${message}. Last lines of its log:`, ...lines.slice(-15)].join('\n  '));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1');
  return address.port;
}
