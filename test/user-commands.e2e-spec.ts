import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { UsersService, type Role } from '#users';
import { Device, useTokens } from './sessions/session-client.js';
import { Person } from './support/person.js';
import { Program } from './support/program.js';
import { TestApp } from './support/test-app.js';

const PASSWORD = 'a long password of the boss';

let app: TestApp;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  app = await TestApp.start();
  // A production command: neither the secret nor the providers are known to it.
  environment = { APP_ENV: 'production', DATABASE_URL: app.database.url };
});
afterAll(() => app.close());

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command with a line, or nothing, on standard input. */
async function run(command: string, args: string[], input = ''): Promise<Result> {
  const program = Program.start(`apps/standalone/${command}.js`, environment, { args, input });
  const { code } = await program.exited;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

function create(email: string, role = 'customer', password = PASSWORD): Promise<Result> {
  return run('user-create', ['--email', email, '--role', role], password);
}

function logIn(username: string, password = PASSWORD): Test {
  return app.anonymous().post('/api/v1/auth/token').type('form').send({ username, password });
}

async function loggedIn(email: string): Promise<Person> {
  return new Person(app.url, email, (await logIn(email).expect(200)).body.access_token);
}

/** Adds a user without the command. */
async function addUser(email: string, role: Role = 'customer'): Promise<void> {
  await app.api.get(UsersService, { strict: false }).create({ email, role, password: PASSWORD }, null);
}

function useTokensOf(username: string): Promise<() => Promise<void>> {
  return useTokens(new Device(app.url), { username, password: PASSWORD });
}

function generatedPassword({ stdout }: Result): string {
  const [, password = ''] = /^Password: (\S{20,}) /m.exec(stdout) ?? [];
  return password;
}

async function auditOf(email: string): Promise<object[]> {
  return app.database.query(
    `SELECT action, actor_id, request_id, before, after
       FROM audit_log JOIN users ON users.id = subject_id WHERE email = $1 ORDER BY audit_log.created_at`,
    [email],
  );
}

describe('user:create', () => {
  beforeAll(() => addUser('taken@example.com'));

  describe('with a password on standard input', () => {
    let result: Result;

    beforeAll(async () => {
      result = await create(' Boss@Example.com', 'manager', `${PASSWORD}\n`);
    });

    it('creates a manager', async () => {
      const { code, stdout, stderr } = result;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toBe('Created the manager boss@example.com.\n');
      await (await loggedIn('boss@example.com')).get('/api/v1/admin/orders').expect(200);
    });

    it('writes an audit entry without an actor', async () => {
      expect(await auditOf('boss@example.com')).toEqual([
        {
          action: 'user.create',
          actor_id: null,
          request_id: null,
          before: null,
          after: { email: 'boss@example.com', role: 'manager', disabled: false },
        },
      ]);
    });
  });

  it('generates a password and prints it once', async () => {
    const result = await create('ana@example.com', 'customer', '');

    expect(result.code).toBe(0);
    await logIn('ana@example.com', generatedPassword(result)).expect(200);
  });

  it.each(['taken@example.com', 'TAKEN@example.com '])('changes nothing if %j exists', async (email) => {
    const { code, stderr } = await create(email, 'manager', `other ${PASSWORD}`);

    expect(code).toBe(1);
    expect(stderr).toBe('A user with this e-mail exists already: nothing was changed\n');
    await logIn('taken@example.com').expect(200);
  });

  it('prints one sentence for a refused password and creates nobody', async () => {
    const { code, stderr } = await create('eve@example.com', 'manager', 'passwordpassword');

    expect(code).toBe(1);
    expect(stderr).toBe('The password must not be in the list of common passwords\n');
    expect(await app.database.query(`SELECT FROM users WHERE email LIKE 'eve%'`)).toEqual([]);
  });
});

describe('user:password', () => {
  const NEW_PASSWORD = `another ${PASSWORD}`;

  describe('with a password on standard input', () => {
    let result: Result;

    beforeAll(async () => {
      await addUser('lost@example.com');
      result = await run('user-password', ['--email', 'Lost@example.com'], NEW_PASSWORD);
    });

    it('replaces the password', async () => {
      const { code, stdout, stderr } = result;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toBe('Changed the password of lost@example.com, and ended all sessions.\n');
      await logIn('lost@example.com', NEW_PASSWORD).expect(200);
      await logIn('lost@example.com').expect(401);
    });

    it('writes an audit entry without an actor and without the hash', async () => {
      expect((await auditOf('lost@example.com'))[1]).toEqual({
        action: 'user.password',
        actor_id: null,
        request_id: null,
        before: null,
        after: null,
      });
    });
  });

  it('generates a password and prints it once', async () => {
    await addUser('lost.again@example.com');

    const result = await run('user-password', ['--email', 'lost.again@example.com']);

    await logIn('lost.again@example.com', generatedPassword(result)).expect(200);
  });

  it('ends all sessions and tokens', async () => {
    await addUser('stolen@example.com');
    const expectEnd = await useTokensOf('stolen@example.com');

    await run('user-password', ['--email', 'stolen@example.com'], NEW_PASSWORD);

    await expectEnd();
  });

  it('repairs a hash that cannot be read', async () => {
    await addUser('broken@example.com');
    await app.database.query(`UPDATE users SET hashed_password = '!' WHERE email = 'broken@example.com'`);

    await run('user-password', ['--email', 'broken@example.com'], NEW_PASSWORD);

    await logIn('broken@example.com', NEW_PASSWORD).expect(200);
  });

  it('changes nothing if the password is refused', async () => {
    await addUser('weak@example.com');

    const { code, stderr } = await run('user-password', ['--email', 'weak@example.com'], 'short');

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'The password must have at least 15 characters\n' });
    await logIn('weak@example.com').expect(200);
  });

  it('names an unknown user', async () => {
    const { code, stderr } = await run('user-password', ['--email', 'nobody@example.com'], NEW_PASSWORD);

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'User not found: nothing was changed\n' });
  });
});

describe('user:disable', () => {
  describe('for a customer', () => {
    let result: Result;

    beforeAll(async () => {
      await addUser('gone@example.com');
      result = await run('user-disable', ['--email', 'gone@example.com']);
    });

    it('refuses the login', async () => {
      const { code, stdout, stderr } = result;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toBe('Disabled gone@example.com, and ended all sessions.\n');
      await logIn('gone@example.com').expect(401);
    });

    it('writes an audit entry without an actor', async () => {
      expect((await auditOf('gone@example.com'))[1]).toMatchObject({
        action: 'user.update',
        actor_id: null,
        before: { disabled: false },
        after: { disabled: true },
      });
    });
  });

  it('ends all sessions and tokens', async () => {
    await addUser('fired@example.com', 'manager');
    const expectEnd = await useTokensOf('fired@example.com');

    await run('user-disable', ['--email', 'fired@example.com']);

    await expectEnd();
  });

  it('refuses to disable the last enabled manager', async () => {
    await addUser('last@example.com', 'manager');
    await app.database.query(
      `UPDATE users SET disabled = email <> 'last@example.com' WHERE role = 'manager'`,
    );

    const { code, stderr } = await run('user-disable', ['--email', 'last@example.com']);

    expect(code).toBe(1);
    expect(stderr).toBe(
      'The last enabled manager can be neither demoted nor disabled: nothing was changed\n',
    );
    await logIn('last@example.com').expect(200);
  });

  it('names an unknown user', async () => {
    const { code, stderr } = await run('user-disable', ['--email', `${randomUUID()}@example.com`]);

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'User not found: nothing was changed\n' });
  });
});
