import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from '../support/api-process.js';
import { Program } from '../support/program.js';
import { TestApp } from '../support/test-app.js';

const OPENS_A_PORT = 'A port is opened';
/** Makes a program print a line for each port that it opens. */
const TELL_PORTS = `--import=data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...given) {
    console.log('${OPENS_A_PORT}');
    return Reflect.apply(listen, this, given);
  };`)}`;

describe('a program', () => {
  let app: TestApp;
  const programs: Program[] = [];

  beforeAll(async () => (app = await TestApp.start()));
  afterEach(async () => {
    for (const program of programs.splice(0)) {
      program.send('SIGTERM');
      await program.exited;
    }
  });
  afterAll(() => app.close());

  function start(name: string, variables: NodeJS.ProcessEnv): Program {
    const environment = { ...app.environment, LOG_LEVEL: 'info', NODE_OPTIONS: TELL_PORTS, ...variables };
    const program = Program.start(`apps/${name}/main.js`, environment);
    programs.push(program);
    return program;
  }

  function portsOf({ stdout }: Program): number {
    return stdout.split(OPENS_A_PORT).length - 1;
  }

  describe.each([
    ['api', 1],
    ['worker', 0],
  ])('the %s', (name, ownPorts) => {
    it('opens no port for metrics without METRICS_PORT', async () => {
      const program = start(name, {});
      await program.waitForOutput(/"msg":"(Coffee shop .*(?:started|listens on))/);

      expect(portsOf(program)).toBe(ownPorts);
    });

    it('tells in its log where its metrics are', async () => {
      const program = start(name, { METRICS_PORT: '0' });
      const url = await program.waitForOutput(/"metrics":"(http:[^"]+)"/);

      expect(await (await fetch(url)).text()).toContain('coffee_shop_build_info{');
      expect(portsOf(program)).toBe(ownPorts + 1);
    });
  });

  it.each([
    ['worker', 200],
    ['api', 404],
  ])('the %s serves its health beside its metrics only if it has no other port', async (name, status) => {
    const program = start(name, { METRICS_PORT: '0' });
    const url = await program.waitForOutput(/"metrics":"(http:[^"]+)"/);

    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(new URL(path, url))).status).toBe(status);
  });

  it('sends nothing if the port of its metrics is taken', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const { id } = await (await app.customer()).placeOrder(['Latte', 'Vanilla']);
    await (await app.manager()).changeStatus(id, 'preparation').expect(200);
    const read = (): Promise<object[]> => app.database.query('SELECT * FROM notifications');
    const before = await read();

    const program = start('worker', { METRICS_PORT: String(port) });
    const exit = await program.exited;
    server.close();

    expect(exit).toEqual({ code: 1, signal: null });
    expect(program.stderr).toContain(`Port ${port} is taken`);
    expect(await read()).toEqual(before);
    expect(app.notifications.received).toEqual([]);
  });
});
