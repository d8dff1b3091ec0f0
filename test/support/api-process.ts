import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { eventually } from './eventually.js';
import { Person } from './person.js';

/** The built API as a process of its own: it can be killed. */
export class ApiProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<ApiProcess> {
    const port = String(await freePort());
    const child = spawn(process.execPath, ['dist/apps/api/main.js'], {
      env: { ...environment, PORT: port },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const api = new ApiProcess(`http://127.0.0.1:${port}`, child);
    await eventually('the API process to be ready', () => api.isReady());
    return api;
  }

  /** The same person, as this process's client. */
  serves({ id, token }: Person): Person {
    return new Person(this.url, id, token);
  }

  /** As the power fails: no hook runs. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exit;
  }

  private async isReady(): Promise<true | undefined> {
    if (this.child.exitCode !== null) throw new Error(`The API process ended with ${this.child.exitCode}`);
    const response = await fetch(`${this.url}/health/ready`).catch(() => undefined);
    return response?.ok ? true : undefined;
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
