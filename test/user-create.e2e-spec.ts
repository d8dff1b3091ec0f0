import { Person } from './support/person.js';
import { Program } from './support/program.js';
import { TestApp } from './support/test-app.js';

const SCRIPT = 'apps/standalone/user-create.js';
const PASSWORD = 'a long password of the boss';

let app: TestApp;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  app = await TestApp.start();
  // A production command: neither the secret nor the providers are known to it.
  environment = { APP_ENV: 'production', DATABASE_URL: app.database.url };
});
afterAll(() => app.close());

/** Runs the command with a line, or nothing, on standard input. */
async function create(args: string[], input = ''): Promise<Program & { code: number | null }> {
  const program = Program.start(SCRIPT, environment, { args, input });
  return Object.assign(program, { code: (await program.exited).code });
}

async function logIn(email: string, password: string): Promise<Response> {
  return fetch(`${app.url}/api/v1/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({ username: email, password }),
  });
}

describe('user:create', () => {
  it('creates a manager with the password of standard input', async () => {
    const { code, stdout, stderr } = await create(
      ['--email', ' Boss@Example.com', '--role', 'manager'],
      `${PASSWORD}\n`,
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Created the manager boss@example.com.');
    expect(stdout).not.toContain(PASSWORD);
    const { access_token: token } = (await (await logIn('boss@example.com', PASSWORD)).json()) as {
      access_token: string;
    };
    await new Person(app.url, 'boss', token).get('/api/v1/admin/orders').expect(200);
  });

  it('generates a password and prints it once', async () => {
    const { code, stdout } = await create(['--email', 'ana@example.com', '--role', 'customer']);

    expect(code).toBe(0);
    const [, password = ''] = /^Password: (\S{20,}) /m.exec(stdout) ?? [];
    expect((await logIn('ana@example.com', password)).status).toBe(200);
  });

  it.each(['taken@example.com', 'TAKEN@example.com '])('changes nothing if %j exists', async (email) => {
    await create(['--email', 'taken@example.com', '--role', 'customer'], PASSWORD);

    const { code, stderr } = await create(['--email', email, '--role', 'manager'], `other ${PASSWORD}`);

    expect(code).toBe(1);
    expect(stderr).toBe('A user with the e-mail taken@example.com exists already: nothing was changed\n');
    expect((await logIn('taken@example.com', PASSWORD)).status).toBe(200);
  });

  it('prints one sentence for a refused password and creates nobody', async () => {
    const { code, stderr } = await create(['--email', 'eve@example.com', '--role', 'manager'], 'short');

    expect(code).toBe(1);
    expect(stderr).toBe('The password must have at least 15 characters\n');
    expect(await app.database.query(`SELECT FROM users WHERE email LIKE 'eve%'`)).toEqual([]);
  });
});
