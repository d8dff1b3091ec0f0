import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Person } from './person.js';
import { Program } from './program.js';

/** The built API in a separate process, so that a test can kill it. */
export class ApiProcess {
  private constructor(
    readonly url: string,
    readonly program: Program,
  ) {}

  /** @param environment the complete environment; a PORT of 0 stands for a free port */
  static async start(environment: NodeJS.ProcessEnv): Promise<ApiProcess> {
    const port = environment.PORT === '0' ? String(await freePort()) : environment.PORT;
    const program = Program.start('apps/api/main.js', { ...environment, PORT: port });
    const api = new ApiProcess(`http://127.0.0.1:${port}`, program);
    try {
      await program.waitUntilReady(`${api.url}/health/ready`);
    } catch (error) {
      api.kill();
      throw error;
    }
    return api;
  }

  /** Returns the same person as a client of this process. */
  clientFor(person: Person): Person {
    return person.at(this.url);
  }

  /** Sends SIGKILL, so that no shutdown hook runs. */
  kill(): void {
    this.program.send('SIGKILL');
  }

  async stop(): Promise<void> {
    this.program.send('SIGTERM');
    await this.program.exited;
  }
}

/** Below the ports that Linux gives to other sockets, one of which could take a free port before the program listens on it. */
const FIRST_PORT = 11_000;
const LAST_PORT = 32_000;

/** Returns a TCP port that is free. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
}

/** Returns whether nothing listens on the port. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    await promisify(server.close.bind(server))();
    return true;
  } catch {
    return false;
  }
}
