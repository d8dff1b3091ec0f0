import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresHome } from './data-directory.js';
import { stopLeftOver } from './orphaned-server.js';

/** Crash recovery after a kill may take a while. */
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const ATTEMPTS = 20;
const ATTEMPT_PAUSE_MS = 200;
/** A port taken meanwhile, or an old server's processes that are just ending. */
const PASSING_TROUBLE = /could not bind|lock file .* already exists|still in use/;
/** Nothing of the caller's environment: PGPORT, PGDATA, LC_* and their like would change what starts. */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
  'jit=off',
  // Errors of statements, and with them the statements, belong to the client and not into this log.
  'log_min_messages=log',
];

/** A server that accepts connections on 127.0.0.1. */
export interface PostgresServer {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Starts the server on a free port. Throws an Error with PostgreSQL's last words where it does not start. */
export async function launch(
  postgres: string,
  home: PostgresHome,
  durable: boolean,
): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    await stopLeftOver(home);
    const port = await freePort();
    const settings = [...SETTINGS, `port=${port.toString()}`, ...(durable ? [] : NOT_DURABLE)];
    const child = await spawnLogged(postgres, home, [
      ...['-D', home.cluster],
      ...settings.flatMap((setting) => ['-c', setting]),
    ]);
    if (await becomesReady(child, home)) return { child, port };
    await end(child);
    const reason = await failure('PostgreSQL did not start', home);
    if (attempt === ATTEMPTS || !PASSING_TROUBLE.test(reason.message)) throw reason;
    await sleep(ATTEMPT_PAUSE_MS);
  }
}

/** SIGINT: PostgreSQL's fast shutdown. SIGQUIT, where that takes too long: it recovers at the next start. */
export async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  child.kill('SIGINT');
  const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await ended(child);
  clearTimeout(impatience);
}

/** Runs one of PostgreSQL's programs to its end. Throws an Error with its last words where it fails. */
export async function complete(program: string, home: PostgresHome, options: string[]): Promise<void> {
  const child = await spawnLogged(program, home, options);
  await ended(child);
  if (child.exitCode !== 0) throw await failure(`${program} failed`, home);
}

/** In a session of its own, so that Ctrl-C in our terminal does not end it before our requests are answered. */
async function spawnLogged(program: string, home: PostgresHome, options: string[]): Promise<ChildProcess> {
  const log = await open(home.logFile, 'w', 0o600);
  try {
    const child = spawn(program, options, {
      ...home.account,
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

async function becomesReady(child: ChildProcess, { logFile }: PostgresHome): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!hasEnded(child) && Date.now() < deadline) {
    if ((await readFile(logFile, 'utf8')).includes('ready to accept connections')) return true;
    await sleep(10);
  }
  return false;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await new Promise((resolve) => child.once('exit', resolve));
}

async function failure(what: string, { logFile }: PostgresHome): Promise<Error> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n');
  return new Error([`${what}. Its last words:`, ...lines.slice(-15)].join('\n  '));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1');
  return address.port;
}
