import { freePort } from '../../support/api-process.js';
import { eventually } from '../../support/eventually.js';
import { Program } from '../../support/program.js';

const SCRIPTS = { api: 'apps/api/main.js', worker: 'apps/worker/main.js' };

export type ProcessKind = keyof typeof SCRIPTS;

/** One place in the fleet: its process may die, and another one takes its place at the same address. */
export class ManagedProcess {
  /** All that its processes have written. */
  private earlierOutput = '';
  private isClosing = false;
  private program: Program | undefined;
  private exits = 0;

  private constructor(
    readonly kind: ProcessKind,
    private readonly port: number,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async start(kind: ProcessKind, environment: NodeJS.ProcessEnv): Promise<ManagedProcess> {
    const process = new ManagedProcess(kind, await freePort(), environment);
    process.launch({});
    await process.waitUntilLive();
    return process;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get output(): string {
    return this.earlierOutput + (this.program?.stdout ?? '') + (this.program?.stderr ?? '');
  }

  /** How many of its processes have ended. */
  get exitCount(): number {
    return this.exits;
  }

  send(signal: NodeJS.Signals): void {
    this.program?.send(signal);
  }

  /** Ends its process and starts another one, with this beside the fleet's environment. */
  async restart(extra: NodeJS.ProcessEnv): Promise<void> {
    this.isClosing = true;
    this.send('SIGKILL');
    await this.program?.exited;
    this.isClosing = false;
    this.launch(extra);
    await this.waitUntilLive();
  }

  /** Resolves when its process serves; a worker has nobody to tell that. */
  async waitUntilLive(): Promise<void> {
    if (this.kind === 'worker') return;
    await eventually(`an API at ${this.url}`, async () =>
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
    const program = Program.start(SCRIPTS[this.kind], {
      ...this.environment,
      ...extra,
      PORT: String(this.port),
    });
    this.program = program;
    void program.exited.then(() => {
      this.earlierOutput += program.stdout + program.stderr;
      this.program = undefined;
      if (this.isClosing) return;
      this.exits += 1;
      this.launch({});
    });
  }
}
