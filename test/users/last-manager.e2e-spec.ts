import pg from 'pg';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const USERS = '/api/v1/admin/users';
const MANAGERS = 20;

describe('The last enabled manager', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(() => app.database.query(`UPDATE users SET disabled = true`));
  afterAll(() => app.close());

  /** Adds managers and lets each send a request, so that the API has cached their roles. */
  async function addManagers(count: number): Promise<Person[]> {
    const managers = await Promise.all(Array.from({ length: count }, () => app.manager()));
    for (const manager of managers) await manager.get(USERS).expect(200);
    return managers;
  }

  async function enabledManagers(): Promise<number> {
    const rows = await app.database.query(`SELECT FROM users WHERE role = 'manager' AND NOT disabled`);
    return rows.length;
  }

  it.each([{ role: 'customer' }, { disabled: true }, { role: 'customer', disabled: true }])(
    'cannot be changed by %j',
    async (changes) => {
      const [manager] = await addManagers(1);

      const { body } = await manager!.patch(`${USERS}/${manager!.id}`, changes).expect(409);

      expect(body.code).toBe('last_manager');
      expect(await enabledManagers()).toBe(1);
    },
  );

  it('can be demoted as soon as there is another one', async () => {
    const [first, second] = await addManagers(2);
    await first!.patch(`${USERS}/${second!.id}`, { disabled: true }).expect(200);
    await first!.patch(`${USERS}/${first!.id}`, { role: 'customer' }).expect(409);
    await first!.patch(`${USERS}/${second!.id}`, { disabled: false }).expect(200);

    await first!.patch(`${USERS}/${first!.id}`, { role: 'customer' }).expect(200);
  });

  it('is not needed to change the role of a disabled manager', async () => {
    const [first, second] = await addManagers(2);
    await first!.patch(`${USERS}/${second!.id}`, { disabled: true }).expect(200);

    await first!.patch(`${USERS}/${second!.id}`, { role: 'customer' }).expect(200);
  });

  it.each<[string, (index: number) => object]>([
    ['demote', () => ({ role: 'customer' })],
    ['demote or disable', (index) => (index % 2 ? { role: 'customer' } : { disabled: true })],
  ])('is left when twenty managers %s each other at once', async (_, changesOf) => {
    const managers = await addManagers(MANAGERS);

    const responses = await Promise.all(
      managers.map((manager, index) =>
        manager.patch(`${USERS}/${managers[(index + 1) % MANAGERS]!.id}`, changesOf(index)),
      ),
    );

    expect(responses.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 409]);
    expect(await enabledManagers()).toBe(1);
  });

  it('can place an order while a change of users waits', async () => {
    const managers = await addManagers(2);
    const [first, second] = managers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const order = await first!.orderFor(['Latte', 'Vanilla']);
    const locks = new pg.Client({ connectionString: app.database.url });
    await locks.connect();
    await locks.query('BEGIN');
    await locks.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [second!.id]);

    const change = first!.patch(`${USERS}/${second!.id}`, { role: 'customer' }).then(({ status }) => status);
    await eventually('a lock that is waited for', async () => {
      const waiting = await app.database.query(`SELECT FROM pg_locks WHERE NOT granted`);
      return waiting.length > 0;
    });
    await first!.placeWithKey(order).expect(201);

    await locks.end();
    expect(await change).toBe(200);
  });
});
