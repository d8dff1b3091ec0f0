import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.js';

const DIST = join(process.cwd(), 'dist');

/** How a program ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A built program as a process of its own, with what it writes and how it ends. */
export class Program {
  /** Standard output so far. */
  output = '';
  /** Standard error so far. */
  errors = '';
  /** Resolves when it has ended and all it wrote has arrived. */
  readonly ended: Promise<Ending>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk) => (this.output += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.errors += String(chunk)));
    this.ended = once(child, 'close').then(([code, signal]): Ending => ({ code, signal }));
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
  async says(pattern: RegExp): Promise<string> {
    return eventually(`the program to say ${String(pattern)}`, () => {
      if (this.child.exitCode !== null) throw new Error(`The program ended: ${this.output}${this.errors}`);
      return pattern.exec(this.output)?.[1];
    });
  }

  /** Waits until this URL answers. */
  async answersAt(url: string): Promise<void> {
    await eventually(`an answer at ${url}`, async () => {
      if (this.child.exitCode !== null) throw new Error(`The program ended: ${this.output}${this.errors}`);
      return (await fetch(url).catch(() => undefined))?.ok;
    });
  }

  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
