import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.js';

const DIST = join(process.cwd(), 'dist');
/** A program starts within two seconds, and far later while other suites use all cores. */
const START_TIMEOUT_MS = 40_000;

export interface ExitStatus {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A built program in a separate process. */
export class Program {
  stdout = '';
  stderr = '';
  /** Resolves when the process has exited and its output is complete. */
  readonly exited: Promise<ExitStatus>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk) => (this.stdout += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
    this.exited = once(child, 'close').then(([code, signal]): ExitStatus => ({ code, signal }));
  }

  /**
   * @param environment the complete environment; the process inherits nothing
   * @param options.input what it reads from standard input
   */
  static start(
    script: string,
    environment: NodeJS.ProcessEnv,
    options: { directory?: string; args?: string[]; input?: string } = {},
  ): Program {
    const { directory = process.cwd(), args = [], input = '' } = options;
    const child = spawn(process.execPath, [join(DIST, script), ...args], {
      cwd: directory,
      env: environment,
      stdio: 'pipe',
    });
    // A program that exits before it reads breaks the pipe.
    child.stdin.on('error', () => undefined).end(input);
    return new Program(child);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Waits for output that matches. Returns the first group. */
  async waitForOutput(pattern: RegExp): Promise<string> {
    return eventually(`output that matches ${String(pattern)}`, () => {
      this.assertRunning();
      return pattern.exec(this.stdout)?.[1];
    });
  }

  /** Waits until this URL responds with 2xx. */
  async waitUntilReady(url: string): Promise<void> {
    await eventually(
      `a response from ${url}`,
      async () => {
        this.assertRunning();
        return (await fetch(url).catch(() => undefined))?.ok;
      },
      START_TIMEOUT_MS,
    );
  }

  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Closes the other ends of standard output and error, so that writing to them fails. */
  closeOutput(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  private assertRunning(): void {
    if (this.child.exitCode !== null) throw new Error(`The program exited: ${this.stdout}${this.stderr}`);
  }
}
