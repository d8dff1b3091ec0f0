import { readFile, chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './support/api-process.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { logIn } from './support/log-in.js';
import { portOf } from './support/payment-stub.js';
import { Person } from './support/person.js';
import { Program, type ExitStatus } from './support/program.js';
import { TestApp } from './support/test-app.js';

const API = 'apps/api/main.js';
const WORKER = 'apps/worker/main.js';
const SANDBOX = 'apps/sandbox/main.js';
const STANDALONE = 'apps/standalone/main.js';
const SEED_USERS = 'apps/standalone/seed-users.js';
const SEED_CATALOG = 'apps/standalone/seed-catalog.js';

/** Where the sandbox always listens. */
const SANDBOX_PORT = 8001;
const SECRET = 'canary of at least thirty-two characters';

const programs: Program[] = [];

function start(script: string, environment: NodeJS.ProcessEnv, directory?: string): Program {
  const program = Program.start(script, environment, directory);
  programs.push(program);
  return program;
}

/** The signal that ended a program, or else its exit code. */
function way({ code, signal }: ExitStatus): NodeJS.Signals | number | null {
  return signal ?? code;
}

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.send('SIGTERM');
    await program.exited;
  }
});

describe('the processes of a shop', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  async function startApi(): Promise<{ api: Program; customer: Person }> {
    const port = await freePort();
    const api = start(API, { ...app.environment, PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    await api.waitUntilReady(`${url}/health/ready`);
    return { api, customer: new Person(url, ana.id, ana.token) };
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'the API serves from its database, and stops on %s',
    async (signal) => {
      const { api, customer } = await startApi();
      const order = await customer.placeOrder(['Latte', 'Vanilla']);
      expect((await ana.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);

      api.send(signal);

      expect([0, signal]).toContain(way(await api.exited));
      await expect(customer.get('/health/live')).rejects.toThrow('ECONNREFUSED');
    },
  );

  it('the worker sends notifications, and stops on SIGTERM', async () => {
    const worker = start(WORKER, app.environment);
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await (await app.manager()).changeStatus(id, 'preparation').expect(200);
    await eventually('the notification', () => app.notifications.received[0]);

    worker.send('SIGTERM');

    expect([0, 'SIGTERM']).toContain(way(await worker.exited));
  });

  it.each<[string, string, string, NodeJS.ProcessEnv]>([
    ['the API', API, 'DATABASE_URL must be set', { DATABASE_URL: undefined }],
    ['the API', API, 'DATABASE_URL must be set', { DATABASE_URL: 'mysql://u:canary@db' }],
    ['the API', API, 'JWT_SECRET_KEY must be set in production', { APP_ENV: 'production' }],
    ['the API', API, 'JWT_SECRET_KEY must have', { JWT_SECRET_KEY: 'canary' }],
    ['the API', API, 'PORT must', { PORT: 'canary' }],
    ['the worker', WORKER, 'JWT_SECRET_KEY must be set in production', { APP_ENV: 'staging' }],
    ['seed:users', SEED_USERS, 'not run in production', { APP_ENV: 'production', JWT_SECRET_KEY: SECRET }],
    ['seed:catalog', SEED_CATALOG, 'DATABASE_URL must be set', { DATABASE_URL: '' }],
    ['the whole shop', STANDALONE, 'PORT must', { PORT: 'canary' }],
  ])('%s (%s) refuses to start: %s', async (_, script, message, wrong) => {
    const program = start(script, { ...app.environment, ...wrong });

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toContain(message);
    expect(program.stderr).not.toMatch(/^ +at /m);
    expect(program.stderr + program.stdout).not.toContain('canary');
  });

  it.each([
    ['the API', API],
    ['the whole shop', STANDALONE],
  ])('%s (%s) says that its port is taken', async (_, script) => {
    const squatter = createServer().listen(0);
    await once(squatter, 'listening');

    const port = portOf(squatter);

    const program = start(script, { ...app.environment, PORT: String(port) });
    const ending = await program.exited;
    squatter.close();

    expect(ending).toEqual({ code: 1, signal: null });
    expect(program.stderr).toContain(`Port ${port} is taken`);
  });
});

describe('the seeds', () => {
  let database: TestDatabase;

  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it.each([SEED_USERS, SEED_CATALOG])('are safe to run again: %s', async (script) => {
    const contents = `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM products) AS products,
                             (SELECT count(*)::int FROM product_variations) AS variations`;

    for (let run = 0; run < 2; run += 1) {
      const seed = start(script, { DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
      expect(await seed.exited).toEqual({ code: 0, signal: null });
      expect(seed.stderr).toBe('');
      expect(await database.query(contents)).toMatchObject([
        script === SEED_USERS ? { users: 2 } : { products: 5, variations: 13 },
      ]);
    }
  });
});

const sandboxPortIsFree = await fetch(`http://127.0.0.1:${SANDBOX_PORT}`).then(
  () => false,
  () => true,
);

describe('the sandbox as a process', () => {
  (sandboxPortIsFree ? it : it.skip)('listens on its port, and stops on SIGTERM', async () => {
    const sandbox = start(SANDBOX, {});
    await sandbox.waitUntilReady(`http://127.0.0.1:${SANDBOX_PORT}`);

    sandbox.send('SIGTERM');

    expect([0, 'SIGTERM']).toContain(way(await sandbox.exited));
  });
});

describe('the whole shop as a process', () => {
  let directory: string;
  let data: string | undefined;
  let port: number;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coffee-shop-processes-'));
    // PostgreSQL does not run as root: whoever it runs as then must get there.
    await chmod(directory, 0o755);
    port = await freePort();
  });
  afterAll(async () => {
    for (const used of [directory, data ?? directory]) await rm(used, { recursive: true, force: true });
  });

  /** Starts it, with nothing but a port, in a directory of its own. */
  async function open(): Promise<{ shop: Program; postgres: number }> {
    const shop = start(STANDALONE, { PORT: String(port), LOG_LEVEL: 'silent' }, directory);
    data = await shop.waitForOutput(/Data +(\S+)\n[^]*Ctrl-C/);
    const postgres = Number.parseInt(await readFile(join(data, 'cluster', 'postmaster.pid'), 'utf8'), 10);
    expect(runs(postgres)).toBe(true);
    return { shop, postgres };
  }

  function runs(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  it('says where everything is, and SIGINT leaves no process behind', async () => {
    const { shop, postgres } = await open();
    const url = `http://localhost:${port}`;
    expect(await shop.waitForOutput(/API +(\S+)/)).toBe(url);
    expect(await shop.waitForOutput(/OpenAPI +(\S+)/)).toBe(`${url}/docs`);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect((await fetch(await shop.waitForOutput(/Sandbox +(\S+)/))).status).toBe(200);
    expect(data).toBe(join(directory, '.data', 'postgres'));

    // As at Ctrl-C: the terminal signals the whole group, and npm passes it on.
    shop.send('SIGINT');
    shop.send('SIGINT');

    expect(await shop.exited).toEqual({ code: 0, signal: null });
    expect(runs(postgres)).toBe(false);
    expect(shop.stderr).toBe('');
  });

  it('leaves no process behind on SIGTERM either', async () => {
    const { shop, postgres } = await open();

    shop.send('SIGTERM');

    expect(await shop.exited).toEqual({ code: 0, signal: null });
    expect(runs(postgres)).toBe(false);
  });

  it('finds its orders after it was killed', async () => {
    const { shop: killed, postgres: orphan } = await open();
    const order = await (
      await logIn(`http://localhost:${port}`, 'customer')
    ).placeOrder(['Latte', 'Vanilla']);
    killed.send('SIGKILL');
    await killed.exited;
    expect(runs(orphan)).toBe(true);

    const { shop, postgres } = await open();

    expect(postgres).not.toBe(orphan);
    const customer = await logIn(`http://localhost:${port}`, 'customer');
    expect((await customer.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
    shop.send('SIGTERM');
    await shop.exited;
    expect(runs(postgres)).toBe(false);
  });
});
