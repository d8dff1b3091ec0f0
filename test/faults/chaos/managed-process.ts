import { existsSync } from 'node:fs';
import { freePort } from '../../support/api-process.js';
import { eventually } from '../../support/eventually.js';
import { Program } from '../../support/program.js';

const SCRIPTS = { api: 'apps/api/main.js', worker: 'apps/worker/main.js' };

/** The teardown of the tests ends all processes in it. */
const FOLDER = process.env.TEST_RUN_FOLDER ?? process.cwd();

export type ProcessKind = keyof typeof SCRIPTS;

/** An API or a worker that restarts on the same port whenever its process exits. */
export class ManagedProcess {
  /** The output of the processes that have exited. */
  private earlierOutput = '';
  private isClosing = false;
  private program: Program | undefined;
  private exits = 0;

  private constructor(
    readonly kind: ProcessKind,
    private readonly port: number,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param port where an API listens; without it, a free one */
  static async start(
    kind: ProcessKind,
    environment: NodeJS.ProcessEnv,
    port?: number,
  ): Promise<ManagedProcess> {
    const process = new ManagedProcess(kind, port ?? (await freePort()), environment);
    process.launch({});
    try {
      await process.waitUntilLive();
    } catch (error) {
      await process.close();
      throw error;
    }
    return process;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get output(): string {
    return this.earlierOutput + (this.program ? outputOf(this.program) : '');
  }

  /** The number of unplanned exits. */
  get exitCount(): number {
    return this.exits;
  }

  send(signal: NodeJS.Signals): void {
    this.program?.send(signal);
  }

  /** Kills the process and starts another one with additional environment variables. */
  async restart(extra: NodeJS.ProcessEnv): Promise<void> {
    this.isClosing = true;
    this.send('SIGKILL');
    await this.program?.exited;
    this.isClosing = false;
    this.launch(extra);
    await this.waitUntilLive();
  }

  /** Resolves when an API responds. Returns at once for a worker, which has no port. */
  async waitUntilLive(): Promise<void> {
    if (this.kind === 'worker') return;
    await eventually(`the API at ${this.url}`, async () =>
      fetch(`${this.url}/health/live`).then(
        ({ ok }) => ok,
        () => undefined,
      ),
    );
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.send('SIGCONT');
    this.send('SIGKILL');
    await this.program?.exited;
  }

  private launch(extra: NodeJS.ProcessEnv): void {
    const environment = { ...this.environment, ...extra, PORT: String(this.port) };
    const program = Program.start(SCRIPTS[this.kind], environment, { directory: FOLDER });
    this.program = program;
    void program.exited.then(() => {
      this.earlierOutput += outputOf(program);
      this.program = undefined;
      if (this.isClosing || !existsSync(FOLDER)) return;
      this.exits += 1;
      this.launch({});
    });
  }
}

/** A process that was killed may have written half of its last line. */
function outputOf({ stdout, stderr }: Program): string {
  return `${stdout}\n${stderr}\n`;
}
