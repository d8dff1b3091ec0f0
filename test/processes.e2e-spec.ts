import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { portOf } from './support/provider-stub.js';
import { Person } from './support/person.js';
import { Program, type ExitStatus } from './support/program.js';
import { TestApp } from './support/test-app.js';

const API = 'apps/api/main.js';
const WORKER = 'apps/worker/main.js';
const SANDBOX = 'apps/sandbox/main.js';
const STANDALONE = 'apps/standalone/main.js';
const SEED_USERS = 'apps/standalone/seed-users.js';
const SEED_CATALOG = 'apps/standalone/seed-catalog.js';

const SECRET = 'canary of at least thirty-two characters';
const PRODUCTION = { APP_ENV: 'production', JWT_SECRET_KEY: SECRET };

let app: TestApp;
let customer: Person;
const programs: Program[] = [];

beforeAll(async () => {
  app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
  customer = await app.customer();
});
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.send('SIGTERM');
    await program.exited;
  }
});
afterAll(() => app.close());

function start(script: string, environment: NodeJS.ProcessEnv): Program {
  const program = Program.start(script, environment);
  programs.push(program);
  return program;
}

function signalOrCode({ code, signal }: ExitStatus): NodeJS.Signals | number | null {
  return signal ?? code;
}

describe('the API program', () => {
  let api: Program;
  let client: Person;

  async function startApi(): Promise<void> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    api = Program.start(API, { ...app.environment, PORT: String(port) });
    client = new Person(url, customer.id, customer.token);
    await api.waitUntilReady(`${url}/health/ready`);
  }

  async function expectStop(signal: NodeJS.Signals): Promise<void> {
    api.send(signal);

    expect([0, signal]).toContain(signalOrCode(await api.exited));
    await expect(client.get('/health/live')).rejects.toThrow('ECONNREFUSED');
  }

  beforeAll(startApi);
  afterAll(async () => {
    api.send('SIGTERM');
    await api.exited;
  });

  it('shares its orders with other processes of the same database', async () => {
    const order = await client.placeOrder(['Latte', 'Vanilla']);

    expect((await customer.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
  });

  it('stops on SIGINT', () => expectStop('SIGINT'));

  it('stops on SIGTERM after an order', async () => {
    await startApi();
    await client.placeOrder(['Latte', 'Vanilla']);

    await expectStop('SIGTERM');
  });
});

describe('the worker program', () => {
  it('stops on SIGTERM after it has sent a notification', async () => {
    const worker = start(WORKER, app.environment);
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    await (await app.manager()).changeStatus(id, 'preparation').expect(200);
    await eventually('the notification', () => app.notifications.received[0]);

    worker.send('SIGTERM');

    expect([0, 'SIGTERM']).toContain(signalOrCode(await worker.exited));
  });
});

describe('the sandbox program', () => {
  it('listens on SANDBOX_PORT until SIGTERM', async () => {
    const port = await freePort();
    const sandbox = start(SANDBOX, { SANDBOX_PORT: String(port) });
    await sandbox.waitUntilReady(`http://127.0.0.1:${port}`);

    sandbox.send('SIGTERM');

    expect([0, 'SIGTERM']).toContain(signalOrCode(await sandbox.exited));
  });
});

/** One mistake of each kind: libs/config/invalid-configuration.spec.ts has all variables. */
describe('a program that cannot start', () => {
  it.each<[string, string, NodeJS.ProcessEnv]>([
    [API, 'DATABASE_URL must be set', { DATABASE_URL: 'mysql://u:canary@db' }],
    [API, 'JWT_SECRET_KEY must be set in production', { APP_ENV: 'production' }],
    [API, 'NOTIFICATION_SIGNING_SECRET must', { NOTIFICATION_SIGNING_SECRET: 'whsec_canary' }],
    [WORKER, 'NOTIFICATION_SIGNING_SECRET must', { NOTIFICATION_SIGNING_SECRET: 'whsec_canary' }],
    [WORKER, 'NOTIFICATION_SERVICE_URL must be set', { ...PRODUCTION, NOTIFICATION_SERVICE_URL: '' }],
    [STANDALONE, 'DATABASE_URL must be set', { ...PRODUCTION, DATABASE_URL: '' }],
    [SEED_USERS, 'not run in production', PRODUCTION],
    [SEED_CATALOG, 'DATABASE_URL must be set', { DATABASE_URL: '' }],
    [STANDALONE, 'PORT must', { PORT: 'canary' }],
    [SANDBOX, 'SANDBOX_PORT must', { SANDBOX_PORT: 'canary' }],
    [API, 'HOST must be an address of this machine', { HOST: '203.0.113.7' }],
  ])('%s exits with 1 and "%s"', async (script, message, variables) => {
    const program = start(script, { ...app.environment, ...variables });

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toContain(message);
    expect(program.stderr).not.toMatch(/^ +at /m);
    expect(program.stderr + program.stdout).not.toContain('canary');
  });

  it.each([
    [API, 'PORT'],
    [STANDALONE, 'PORT'],
    [SANDBOX, 'SANDBOX_PORT'],
  ])('%s exits with 1 if its port is taken', async (script, variable) => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const port = portOf(server);

    const program = start(script, { ...app.environment, [variable]: String(port) });
    const exitStatus = await program.exited;
    server.close();

    expect(exitStatus).toEqual({ code: 1, signal: null });
    expect(program.stderr).toBe(
      `Port ${port} is taken: stop what listens there, or choose another with ${variable}\n`,
    );
  });
});
