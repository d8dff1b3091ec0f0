import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_TIMEOUT_MS = 20_000;
/** Linux counts CPU time in hundredths of a second (`getconf CLK_TCK`). */
const MICROS_PER_TICK = 10_000;
/** How much of a failed program's output an error shows. */
const MAX_ERROR_CHARACTERS = 2_000;

export interface ServerOptions {
  environment?: NodeJS.ProcessEnv;
  logFile: string;
  v8Flags?: readonly string[];
}

/** An HTTP server in its own process, which inherits no environment variables. */
export class Server {
  private constructor(
    readonly url: string,
    readonly pid: number,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Starts a script of dist/ on a free port and waits until it is ready. Its output goes to the log file.
   * Throws an Error if it exits or is not ready within 20 s.
   */
  static async start(
    script: string,
    { environment = {}, logFile, v8Flags = [] }: ServerOptions,
  ): Promise<Server> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const log = await open(logFile, 'a');
    const child = spawn(process.execPath, ['--enable-source-maps', ...v8Flags, `dist/${script}`], {
      env: { NODE_ENV: 'production', PORT: String(port), ...environment },
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await fetch(`${url}/health/ready`).catch(() => undefined))?.ok) {
      if (child.exitCode !== null || Date.now() > deadline) {
        const output = await readFile(logFile, 'utf8');
        throw new Error(`${script} did not become ready:\n${output.slice(-MAX_ERROR_CHARACTERS)}`);
      }
      await sleep(5);
    }
    return new Server(url, child.pid ?? 0, child);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}

/** Runs a program to its end and returns its output. Throws an Error with the end of the output if it fails. */
export async function runProgram(
  program: string,
  args: string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${program} failed:\n${output.slice(-MAX_ERROR_CHARACTERS)}`);
  return output;
}

/** Returns the CPU time of a process in µs, optionally with all its children, running and exited. */
export async function cpuMicros(pid: number, withChildren = false): Promise<number> {
  const [user = 0, system = 0, ...exitedChildren] = await readTicks(pid);
  let total = user + system;
  if (withChildren) {
    total += sum(exitedChildren);
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
    const running = await Promise.all(
      // A child that has just exited is part of the exited children next time.
      children.filter(Boolean).map((child) => readTicks(Number(child)).catch(() => [])),
    );
    total += sum(running.map((ticks) => sum(ticks.slice(0, 2))));
  }
  return total * MICROS_PER_TICK;
}

/** Returns the resident memory of a process in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** Returns user, system, exited children's user and exited children's system time: fields 14 to 17 of proc(5) stat. */
async function readTicks(pid: number): Promise<number[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
