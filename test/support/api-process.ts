import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Person } from './person.js';
import { Program } from './program.js';

/** The built API as a process of its own: it can be killed. */
export class ApiProcess {
  private constructor(
    readonly url: string,
    readonly program: Program,
  ) {}

  /** @param environment all that it gets; it listens on a free port unless PORT is not 0 */
  static async start(environment: NodeJS.ProcessEnv): Promise<ApiProcess> {
    const port = environment.PORT === '0' ? String(await freePort()) : environment.PORT;
    const program = Program.start('apps/api/main.js', { ...environment, PORT: port });
    const api = new ApiProcess(`http://127.0.0.1:${port}`, program);
    await program.waitUntilReady(`${api.url}/health/ready`);
    return api;
  }

  /** The same person, as this process's client. */
  clientFor(person: Person): Person {
    return person.at(this.url);
  }

  /** As the power fails: no hook runs. */
  kill(): void {
    this.program.send('SIGKILL');
  }

  async stop(): Promise<void> {
    this.program.send('SIGTERM');
    await this.program.exited;
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
