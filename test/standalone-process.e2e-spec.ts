import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './support/api-process.js';
import { logIn } from './support/log-in.js';
import { Program, type ExitStatus } from './support/program.js';

describe('the standalone program', () => {
  let directory: string;
  let dataDirectory: string | undefined;
  let port: number;
  let url: string;
  const programs: Program[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coffee-shop-processes-'));
    // PostgreSQL does not run as root, and its user needs access to the directory.
    await chmod(directory, 0o755);
    port = await freePort();
    url = `http://localhost:${port}`;
  });
  afterAll(async () => {
    for (const path of [directory, dataDirectory ?? directory])
      await rm(path, { recursive: true, force: true });
  });

  /** Starts it in an empty environment; returns it with the process id of its PostgreSQL. */
  async function start(): Promise<{ program: Program; postgresPid: number }> {
    const environment = { PORT: String(port), LOG_LEVEL: 'silent' };
    const program = Program.start('apps/standalone/main.js', environment, { directory });
    programs.push(program);
    dataDirectory = await program.waitForOutput(/Data +(\S+)\n[^]*Ctrl-C/);
    const pidFile = await readFile(join(dataDirectory, 'cluster', 'postmaster.pid'), 'utf8');
    const postgresPid = Number.parseInt(pidFile, 10);
    expect(isRunning(postgresPid)).toBe(true);
    return { program, postgresPid };
  }

  async function stopAll(): Promise<void> {
    for (const program of programs.splice(0)) {
      program.send('SIGTERM');
      await program.exited;
    }
  }

  describe('started once', () => {
    let program: Program;
    let postgresPid: number;

    beforeAll(async () => {
      ({ program, postgresPid } = await start());
    });
    afterAll(stopAll);

    it('prints the addresses of its parts', async () => {
      expect(await program.waitForOutput(/API +(\S+)/)).toBe(url);
      expect(await program.waitForOutput(/OpenAPI +(\S+)/)).toBe(`${url}/docs`);
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      expect((await fetch(await program.waitForOutput(/Sandbox +(\S+)/))).status).toBe(200);
      expect(dataDirectory).toBe(join(directory, '.data', 'postgres'));
    });

    describe('after Ctrl-C', () => {
      let exitStatus: ExitStatus;

      beforeAll(async () => {
        // The terminal signals the whole process group, and npm forwards its own signal.
        program.send('SIGINT');
        program.send('SIGINT');
        exitStatus = await program.exited;
      });

      it('has stopped PostgreSQL', () => {
        expect(exitStatus).toEqual({ code: 0, signal: null });
        expect(isRunning(postgresPid)).toBe(false);
        expect(program.stderr).toBe('');
      });

      it('has said what it did, with the time of each step', () => {
        const steps = [
          ...program.stdout.matchAll(/^ {2}(?:Loading|Starting|Stopping) .*?(\w+): \d+\.\d s$/gm),
        ];
        expect(steps.map(([, part]) => part)).toEqual([
          ...['program', 'data', 'providers', 'API', 'worker'],
          ...['worker', 'API', 'sandbox', 'PostgreSQL'],
        ]);
        expect(program.stdout.trimStart()).toMatch(/^Starting the coffee shop[^]*Stopped\.\n$/);
      });
    });
  });

  describe('after each start', () => {
    afterEach(stopAll);

    it('stops on Ctrl-C while it starts, without starting more parts', async () => {
      const environment = { PORT: String(port), LOG_LEVEL: 'silent' };
      const program = Program.start('apps/standalone/main.js', environment, { directory });
      programs.push(program);
      await program.waitForOutput(/(Starting the coffee shop)/);

      program.send('SIGINT');
      program.send('SIGINT');

      expect(await program.exited).toEqual({ code: 0, signal: null });
      expect(program.stdout).toMatch(/ Stopping\.[^]*Stopped\.\n$/);
      expect(program.stdout).not.toContain('Starting the API');
      expect(program.stderr).toBe('');
    });

    // A closed terminal sends SIGHUP.
    it.each(['SIGTERM', 'SIGHUP'] as const)('stops PostgreSQL on %s', async (signal) => {
      const { program, postgresPid } = await start();

      program.send(signal);

      expect(await program.exited).toEqual({ code: 0, signal: null });
      expect(isRunning(postgresPid)).toBe(false);
    });

    it('stops PostgreSQL if nobody reads its output any more', async () => {
      const { program, postgresPid } = await start();

      program.closeOutput();
      program.send('SIGHUP');

      expect(await program.exited).toEqual({ code: 0, signal: null });
      expect(isRunning(postgresPid)).toBe(false);
    });

    it('keeps its orders after SIGKILL', async () => {
      const { program: killed, postgresPid: orphanPid } = await start();
      const order = await (await logIn(url, 'customer')).placeOrder(['Latte', 'Vanilla']);
      killed.send('SIGKILL');
      await killed.exited;
      expect(isRunning(orphanPid)).toBe(true);

      const { program, postgresPid } = await start();

      expect(postgresPid).not.toBe(orphanPid);
      const customer = await logIn(url, 'customer');
      expect((await customer.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
      program.send('SIGTERM');
      await program.exited;
      expect(isRunning(postgresPid)).toBe(false);
    });
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
