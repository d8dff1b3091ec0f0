import { randomUUID } from 'node:crypto';
import type { Response, Test } from 'supertest';
import type { UserDto } from '../../apps/api/users/dto/user.dto.js';
import { Device, useTokens } from '../sessions/session-client.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const USERS = '/api/v1/admin/users';
const PASSWORD = 'three blue cups of tea';

let app: TestApp;
let manager: Person;

beforeAll(async () => {
  app = await TestApp.start();
  manager = await app.manager();
});
afterAll(() => app.close());

function create(fields: object = {}): Test {
  const user = { email: `${randomUUID()}@example.com`, role: 'customer', password: PASSWORD };
  return manager.post(USERS, { ...user, ...fields });
}

async function created(fields: object = {}): Promise<UserDto> {
  return (await create(fields).expect(201)).body as UserDto;
}

function logIn(username: string): Test {
  return app.anonymous().post('/api/v1/auth/token').type('form').send({ username, password: PASSWORD });
}

interface Entry {
  action: string;
  actor_id: string;
  before: object | null;
  after: object | null;
  request_id: string;
}

function auditOf(id: string): Promise<Entry[]> {
  return app.database.query<Entry>(
    `SELECT action, actor_id, before, after, request_id FROM audit_log
      WHERE subject_type = 'user' AND subject_id = $1 ORDER BY created_at`,
    [id],
  );
}

describe('POST /admin/users', () => {
  it('adds a user who can log in', async () => {
    const { body } = await create({ email: 'ben@example.com', role: 'manager' }).expect(201);

    expect(body).toEqual({
      id: expect.any(String),
      email: 'ben@example.com',
      role: 'manager',
      disabled: false,
      created_at: expect.any(String),
    });
    await logIn('ben@example.com').expect(200);
  });

  it('stores the normal form of the e-mail', async () => {
    expect((await created({ email: ' Jose\u0301@Example.com ' })).email).toBe('jos\u00e9@example.com');
  });

  it.each(['taken@example.com', 'TAKEN@example.com'])('returns 409 if %s exists', async (email) => {
    await app.database.query(
      `INSERT INTO users (email, hashed_password, role) VALUES ('taken@example.com', '!', 'customer') ON CONFLICT DO NOTHING`,
    );

    expect((await create({ email }).expect(409)).body.code).toBe('email_taken');
  });

  it.each([
    ['email', { email: 'nobody' }],
    ['email', { email: undefined }],
    ['role', { role: 'owner' }],
    ['password', { password: 'short' }],
    ['password', { password: 'passwordpassword' }],
    ['password', { email: 'a.rather.long@example.com', password: 'A.rather.long@example.com' }],
    ['disabled', { disabled: true }],
  ])('returns 422 with the field %s for %j', async (field, fields) => {
    const { body } = await create(fields).expect(422);

    expect(body.errors).toEqual([{ field, message: expect.any(String) }]);
  });

  it('writes an audit entry without the password', async () => {
    const { body, headers } = await create({ email: 'eve@example.com' }).expect(201);

    expect(await auditOf(body.id)).toEqual([
      {
        action: 'user.create',
        actor_id: manager.id,
        before: null,
        after: { email: 'eve@example.com', role: 'customer', disabled: false },
        request_id: headers['x-request-id'],
      },
    ]);
  });
});

describe('GET /admin/users/{id}', () => {
  it('returns the user', async () => {
    const user = await created();

    expect((await manager.get(`${USERS}/${user.id}`).expect(200)).body).toEqual(user);
  });

  it('returns 404 for an unknown id', async () => {
    expect((await manager.get(`${USERS}/${randomUUID()}`).expect(404)).body.code).toBe('user_not_found');
  });
});

describe('GET /admin/users', () => {
  it('returns all users, newest first', async () => {
    const [first, second] = [await created(), await created({ role: 'manager' })];

    const { body } = await manager.get(`${USERS}?limit=2`).expect(200);

    expect(body).toEqual([second, first]);
  });

  it('returns only the users of the requested role', async () => {
    const hired = await created({ role: 'manager' });
    await created();

    const { body } = await manager.get(`${USERS}?role=manager`).expect(200);

    expect(body[0]).toEqual(hired);
    expect(new Set((body as UserDto[]).map(({ role }) => role))).toEqual(new Set(['manager']));
  });

  it('has pages that contain each user exactly once while users are added', async () => {
    const known = await app.database.query<{ id: string }>(
      `SELECT id FROM users WHERE role = 'manager' ORDER BY created_at DESC, id DESC`,
    );
    const ids: string[] = [];
    for (let next: string | undefined = '?role=manager&limit=2'; next !== undefined;) {
      const page: Response = await manager.get(USERS + next).expect(200);
      ids.push(...(page.body as UserDto[]).map(({ id }) => id));
      const link: string | undefined = page.headers.link;
      next = /^<(\?[^>]+)>; rel="next"$/.exec(link ?? '')?.[1];
      await created({ role: 'manager' });
    }

    expect(known.length).toBeGreaterThan(2);
    expect(ids).toEqual(known.map(({ id }) => id));
  });

  it.each(['limit=0', 'limit=101', 'cursor=next', 'role=owner', 'email=x'])(
    'returns 422 for %s',
    async (query) => {
      expect((await manager.get(`${USERS}?${query}`).expect(422)).body.errors).toHaveLength(1);
    },
  );
});

describe('PATCH /admin/users/{id}', () => {
  function update(id: string, changes: object): Test {
    return manager.patch(`${USERS}/${id}`, changes);
  }

  it.each([{ role: 'manager' }, { disabled: true }, { role: 'manager', disabled: true }])(
    'changes exactly the fields of %j',
    async (changes) => {
      const user = await created();

      const { body } = await update(user.id, changes).expect(200);

      expect(body).toEqual(Object.assign(user, changes));
      expect((await manager.get(`${USERS}/${user.id}`).expect(200)).body).toEqual(body);
    },
  );

  it.each([undefined, {}, { role: null, disabled: null }, { role: 'customer', disabled: false }])(
    'changes nothing for %j and writes no audit entry',
    async (changes) => {
      const user = await created();

      const { body } = await manager.patch(`${USERS}/${user.id}`, changes).expect(200);

      expect(body).toEqual(user);
      expect((await auditOf(user.id)).map(({ action }) => action)).toEqual(['user.create']);
    },
  );

  it('writes an audit entry with the state before and after', async () => {
    const { id, email } = await created();

    await update(id, { role: 'manager', disabled: true }).expect(200);

    expect((await auditOf(id))[1]).toMatchObject({
      action: 'user.update',
      actor_id: manager.id,
      before: { email, role: 'customer', disabled: false },
      after: { email, role: 'manager', disabled: true },
    });
  });

  it.each([
    ['role', { role: 'owner' }],
    ['disabled', { disabled: 'true' }],
    ['email', { email: 'other@example.com' }],
    ['password', { password: PASSWORD }],
  ])('returns 422 with the field %s for %j', async (field, changes) => {
    const { body } = await update((await created()).id, changes).expect(422);

    expect(body.errors).toEqual([{ field, message: expect.any(String) }]);
  });

  it('returns 404 for an unknown id', async () => {
    expect((await update(randomUUID(), { disabled: true }).expect(404)).body.code).toBe('user_not_found');
  });

  it('refuses the login of a disabled user like a wrong password', async () => {
    const { id, email } = await created();
    await update(id, { disabled: true }).expect(200);

    expect((await logIn(email).expect(401)).body.code).toBe('incorrect_credentials');
  });

  it('ends the sessions and tokens of a disabled user, who gets none back', async () => {
    const { id, email } = await created();
    const expectEnd = await useTokens(new Device(app.url), { username: email, password: PASSWORD });

    await update(id, { disabled: true }).expect(200);
    await update(id, { disabled: false }).expect(200);

    await expectEnd();
  });

  it('lets an enabled user log in again', async () => {
    const { id, email } = await created();
    await update(id, { disabled: true }).expect(200);
    await update(id, { disabled: false }).expect(200);

    await logIn(email).expect(200);
  });
});
