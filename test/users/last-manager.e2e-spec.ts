import pg from 'pg';
import { untilStatementsWait } from '../support/database-connections.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const USERS = '/api/v1/admin/users';
const MANAGERS = 20;
/** Fewer than the connections of the API. */
const IN_FLIGHT = 8;

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

  /** Takes a lock. Returns a function that releases it. */
  async function lock(statement: string, parameters?: unknown[]): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: app.database.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(statement, parameters);
    return () => client.end();
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

  /** Lets each manager change the next one, all at once. Returns the sorted statuses. */
  async function changeEachOther(
    managers: Person[],
    changesOf: (index: number) => object = () => ({ role: 'customer' }),
  ): Promise<number[]> {
    const responses = await Promise.all(
      managers.map((manager, index) =>
        manager.patch(`${USERS}/${managers[(index + 1) % managers.length]!.id}`, changesOf(index)),
      ),
    );
    return responses.map(({ status }) => status).sort();
  }

  it.each<[string, (index: number) => object]>([
    ['demote', () => ({ role: 'customer' })],
    ['demote or disable', (index) => (index % 2 ? { role: 'customer' } : { disabled: true })],
  ])('is left when twenty managers %s each other at once', async (_, changesOf) => {
    const managers = await addManagers(MANAGERS);

    const statuses = await changeEachOther(managers, changesOf);

    expect(statuses).toEqual([...Array<number>(MANAGERS - 1).fill(200), 409]);
    expect(await enabledManagers()).toBe(1);
  });

  it('is left when no change is committed before all have begun', async () => {
    const managers = await addManagers(IN_FLIGHT);
    const release = await lock('LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE');

    const statuses = changeEachOther(managers);
    await untilStatementsWait(app.database, IN_FLIGHT);
    await release();

    expect(await statuses).toEqual([...Array<number>(IN_FLIGHT - 1).fill(200), 409]);
    expect(await enabledManagers()).toBe(1);
  });

  it('can place an order while a change of users waits', async () => {
    const managers = await addManagers(2);
    const [first, second] = managers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const order = await first!.orderFor(['Latte', 'Vanilla']);
    const release = await lock('SELECT FROM users WHERE id = $1 FOR UPDATE', [second!.id]);

    const change = first!.patch(`${USERS}/${second!.id}`, { role: 'customer' }).then(({ status }) => status);
    await untilStatementsWait(app.database);
    await first!.placeWithKey(order).expect(201);

    await release();
    expect(await change).toBe(200);
  });
});
