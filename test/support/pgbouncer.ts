import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './api-process.js';
import { eventually } from './eventually.js';

/** PgBouncer refuses to run as root. */
const NOBODY = 65_534;
const PATH = `${process.env.PATH ?? ''}:/usr/sbin`;

const VERSION = /^PgBouncer (1\.(\d+)\S*)/.exec(
  String(spawnSync('pgbouncer', ['--version'], { env: { PATH } }).stdout),
);
/** The version of the installed PgBouncer, or undefined if there is none. */
export const pgBouncerVersion = VERSION?.[1];
/** Whether it can track prepared statements in transaction mode. */
export const canTrackStatements = Number(VERSION?.[2]) >= 21;

export interface PoolerSettings {
  mode: 'session' | 'transaction';
  poolSize: number;
  tracksStatements: boolean;
}

/** A PgBouncer in front of one database. */
export class PgBouncer {
  private constructor(
    /** The database through the pooler. */
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(databaseUrl: string, pooler: PoolerSettings): Promise<PgBouncer> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-pgbouncer-'));
    const file = join(folder, 'pgbouncer.ini');
    await writeFile(file, settings(new URL(databaseUrl), port, pooler));
    for (const path of [folder, file]) await chmod(path, 0o755);
    const child = spawn('pgbouncer', [file], {
      env: { PATH },
      stdio: 'ignore',
      ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
    });
    await eventually('PgBouncer', () => isOpen(port));
    const url = Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href;
    return new PgBouncer(url, child, folder);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGINT');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    await rm(this.folder, { recursive: true });
  }
}

/** Everything else has PgBouncer's default. */
function settings(server: URL, port: number, { mode, poolSize, tracksStatements }: PoolerSettings): string {
  const password = decodeURIComponent(server.password);
  return `
[databases]
* = host=${server.hostname} port=${server.port} user=${server.username} password='${password}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${poolSize}
${canTrackStatements ? `max_prepared_statements = ${tracksStatements ? 200 : 0}` : ''}
`;
}

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((open) => {
    socket.destroy();
    return open === true;
  });
}
