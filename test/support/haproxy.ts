import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './api-process.js';
import { eventually } from './eventually.js';
import { fillTemplate } from './template.js';

const PATH = `${process.env.PATH ?? ''}:/usr/sbin`;

/** The APIs use the database of the test, not the one behind this balancer. */
const NO_NODES = Object.fromEntries(
  [1, 2, 3].flatMap((node) => [
    [`NODE${node}_ADDRESS`, '127.0.0.1:1'],
    [`NODE${node}_HOST`, '127.0.0.1'],
    [`NODE${node}_PATRONI_PORT`, 1],
  ]),
);

/** Whether HAProxy is installed. Its suites print why they are skipped if not. */
export const hasHaProxy = spawnSync('haproxy', ['-v'], { env: { PATH } }).status === 0;

/** A HAProxy in front of several APIs. */
export class HaProxy {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts it with deploy/haproxy.cfg, with more frequent checks. The URLs are those of the two APIs. */
  static async start(firstApi: string, secondApi: string): Promise<HaProxy> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-haproxy-'));
    const file = await fillTemplate('haproxy.cfg', folder, {
      API_ADDRESS: `127.0.0.1:${port}`,
      API1_ADDRESS: new URL(firstApi).host,
      API2_ADDRESS: new URL(secondApi).host,
      PRIMARY_ADDRESS: `127.0.0.1:${await freePort()}`,
      ...NO_NODES,
    });
    const settings = await readFile(file, 'utf8');
    if (!settings.includes('inter 1s')) throw new Error('deploy/haproxy.cfg has no "inter 1s"');
    await writeFile(file, settings.replace('inter 1s', 'inter 200ms'));
    const child = spawn('haproxy', ['-db', '-f', file], { env: { PATH }, stdio: 'ignore' });
    const proxy = new HaProxy(`http://127.0.0.1:${port}`, child, folder);
    try {
      await eventually('HAProxy', async () => (await fetch(proxy.url).catch(() => undefined))?.ok);
    } catch (error) {
      await proxy.stop();
      throw error;
    }
    return proxy;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    await rm(this.folder, { recursive: true });
  }
}
