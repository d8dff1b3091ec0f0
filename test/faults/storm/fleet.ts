import { freePort } from '../../support/api-process.js';
import { eventually } from '../../support/eventually.js';
import { Program } from '../../support/program.js';

const SCRIPTS = { api: 'apps/api/main.js', worker: 'apps/worker/main.js' };

export type Kind = keyof typeof SCRIPTS;

/** One place in the fleet: its process may die, and another one takes its place at the same address. */
export class Member {
  /** All that its processes have written. */
  private written = '';
  private isClosing = false;
  private program: Program | undefined;
  private deaths = 0;

  private constructor(
    readonly kind: Kind,
    private readonly port: number,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async start(kind: Kind, environment: NodeJS.ProcessEnv): Promise<Member> {
    const member = new Member(kind, await freePort(), environment);
    member.launch({});
    await member.stands();
    return member;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get output(): string {
    return this.written + (this.program?.output ?? '') + (this.program?.errors ?? '');
  }

  /** How many of its processes have ended. */
  get timesDied(): number {
    return this.deaths;
  }

  send(signal: NodeJS.Signals): void {
    this.program?.send(signal);
  }

  /** Ends its process and starts another one, with this beside the fleet's environment. */
  async restart(extra: NodeJS.ProcessEnv): Promise<void> {
    this.isClosing = true;
    this.send('SIGKILL');
    await this.program?.ended;
    this.isClosing = false;
    this.launch(extra);
    await this.stands();
  }

  /** Resolves when its process serves; a worker has nobody to tell that. */
  async stands(): Promise<void> {
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
    await this.program?.ended;
  }

  private launch(extra: NodeJS.ProcessEnv): void {
    const program = Program.start(SCRIPTS[this.kind], {
      ...this.environment,
      ...extra,
      PORT: String(this.port),
    });
    this.program = program;
    void program.ended.then(() => {
      this.written += program.output + program.errors;
      this.program = undefined;
      if (this.isClosing) return;
      this.deaths += 1;
      this.launch({});
    });
  }
}
