import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_TIMEOUT_MS = 20_000;
/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK`). */
const MICROS_PER_TICK = 10_000;

export interface ServerOptions {
  environment?: NodeJS.ProcessEnv;
  logFile: string;
  v8Flags?: readonly string[];
}

/** A server as a process of its own; it is given nothing of this run's environment. */
export class Server {
  private constructor(
    readonly url: string,
    readonly pid: number,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Starts a script of dist/ on a free port and waits until it is ready; what it writes goes to a file, as logs do in production.
   * @throws Error where it ends or is not ready in time
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
        throw new Error(`${script} did not become ready:\n${(await readFile(logFile, 'utf8')).slice(-2000)}`);
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

/** Runs a program; answers what it wrote. Throws an Error with its last words where it fails. */
export async function runProgram(
  program: string,
  given: string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  const child = spawn(program, given, { env: environment, stdio });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${program} failed:\n${output.slice(-2000)}`);
  return output;
}

/** The processor time that a process has taken, in µs; with those of its children, living and ended, where asked. */
export async function cpuMicros(pid: number, withChildren = false): Promise<number> {
  const [user = 0, system = 0, ...ofEndedChildren] = await ticks(pid);
  let total = user + system;
  if (withChildren) {
    total += sum(ofEndedChildren);
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
    const living = await Promise.all(
      // One that ends meanwhile is counted with the ended ones next time.
      children.filter(Boolean).map((child) => ticks(Number(child)).catch(() => [])),
    );
    total += sum(living.map((times) => sum(times.slice(0, 2))));
  }
  return total * MICROS_PER_TICK;
}

/** The memory that a process has in RAM, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** User, system, ended children's user, ended children's system: fields 14 to 17 of proc(5)'s stat. */
async function ticks(pid: number): Promise<number[]> {
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
