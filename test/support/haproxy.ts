import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './api-process.js';
import { eventually } from './eventually.js';

const PATH = `${process.env.PATH ?? ''}:/usr/sbin`;

/** Whether HAProxy is installed. Its suites print why they are skipped if not. */
export const hasHaProxy = spawnSync('haproxy', ['-v'], { env: { PATH } }).status === 0;

/** A HAProxy in front of several APIs. */
export class HaProxy {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param apis their URLs */
  static async start(apis: string[]): Promise<HaProxy> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-haproxy-'));
    const file = join(folder, 'haproxy.cfg');
    const addresses = apis.map((url) => new URL(url).host);
    await writeFile(file, settings(`127.0.0.1:${port}`, addresses));
    const child = spawn('haproxy', ['-f', file], { env: { PATH }, stdio: 'ignore' });
    const proxy = new HaProxy(`http://127.0.0.1:${port}`, child, folder);
    await eventually('HAProxy', async () => (await fetch(proxy.url).catch(() => undefined))?.ok);
    return proxy;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    await rm(this.folder, { recursive: true });
  }
}

/** What docs/operations.md recommends, with checks five times a second so that tests are short. */
function settings(address: string, apis: string[]): string {
  const servers = apis.map((api, index) => `server api${index} ${api}`);
  return `
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout check 10s
  default-server inter 200ms fall 2 rise 1
listen api
  bind ${address}
  retries 2
  option redispatch
  retry-on conn-failure
  option httpchk GET /health/ready
  ${servers.map((server) => `${server} check`).join('\n  ')}
  ${servers.map((server, index) => `${server.replace(' ', ' live-')} track live/api${index} backup`).join('\n  ')}
  option allbackups
backend live
  option httpchk GET /health/live
  ${servers.map((server) => `${server} check`).join('\n  ')}
`;
}
