import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.js';

const DIST = join(process.cwd(), 'dist');

/** How a program ended. */
export interface ExitStatus {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A built program as a process of its own, with what it writes and how it ends. */
export class Program {
  /** Standard output so far. */
  stdout = '';
  /** Standard error so far. */
  stderr = '';
  /** Resolves when it has ended and all it wrote has arrived. */
  readonly exited: Promise<ExitStatus>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk) => (this.stdout += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
    this.exited = once(child, 'close').then(([code, signal]): ExitStatus => ({ code, signal }));
  }

  /** @param environment all that it gets: nothing is inherited */
  static start(script: string, environment: NodeJS.ProcessEnv, directory = process.cwd()): Program {
    return new Program(
      spawn(process.execPath, [join(DIST, script)], {
        cwd: directory,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** Waits until its output has this; answers the first group of it. */
  async waitForOutput(pattern: RegExp): Promise<string> {
    return eventually(`the program to say ${String(pattern)}`, () => {
      if (this.child.exitCode !== null) throw new Error(`The program ended: ${this.stdout}${this.stderr}`);
      return pattern.exec(this.stdout)?.[1];
    });
  }

  /** Waits until this URL answers. */
  async waitUntilReady(url: string): Promise<void> {
    await eventually(`an answer at ${url}`, async () => {
      if (this.child.exitCode !== null) throw new Error(`The program ended: ${this.stdout}${this.stderr}`);
      return (await fetch(url).catch(() => undefined))?.ok;
    });
  }

  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
