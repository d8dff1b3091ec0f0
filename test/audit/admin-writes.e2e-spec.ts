import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { ACCESS, type Allowed } from '../../apps/api/auth/access.js';
import { AUDIT_ACTIONS } from '#audit';
import { call, UNKNOWN_ID } from '../problem-codes/problem-case.js';
import type { Person } from '../support/person.js';
import { ADMIN_WRITES, type Target } from './admin-writes.js';
import { AuditContext } from './audit-context.js';

/** No route makes these. */
const ONLY_COMMANDS = ['user.password'];
const WRITES = Object.entries(ADMIN_WRITES).map(([route, write]) => ({ route, ...write }));

describe('an admin write', () => {
  let context: AuditContext;
  let customer: Person;

  beforeAll(async () => {
    context = await AuditContext.start();
    customer = await context.app.customer();
  });
  afterAll(() => context.close());

  function send(route: string, target: Target, person = context.manager): Test {
    return call(person, route.replace(' ', ' /api/v1'), target);
  }

  /** Expects that the request is refused and leaves no entry. */
  async function expectRefusal(request: () => Test): Promise<void> {
    const before = await context.count();
    const { status } = await request();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await context.count()).toBe(before);
  }

  it('is in the list of this suite if only the staff may make it', () => {
    const routes = Object.entries<Allowed>(ACCESS)
      .filter(([, allowed]) => allowed !== 'everyone' && !allowed.includes('customer'))
      .map(([route]) => route)
      .filter((route) => !route.startsWith('GET '));

    expect(routes.filter((route) => !(route in ADMIN_WRITES))).toEqual([]);
  });

  it('has another action than the others, except that a product shares one with its variations', () => {
    const actions = new Set<string>(WRITES.map(({ action }) => action));
    const shared = WRITES.filter(({ action }) => action === 'product.availability');

    expect(shared).toHaveLength(2);
    expect(actions.size).toBe(WRITES.length - 1);
    expect(AUDIT_ACTIONS.filter((action) => !actions.has(action))).toEqual(ONLY_COMMANDS);
  });

  it.each(WRITES)('leaves one entry of $action: $route', async ({ route, action, prepare }) => {
    const target = await prepare(context);
    const before = await context.count();

    const { status, headers } = await send(route, target);

    expect([200, 201, 204]).toContain(status);
    expect(await context.count()).toBe(before + 1);
    const [entry] = await context.entries('?limit=1');
    const { manager } = context;
    expect(entry).toMatchObject({ action, actor: { id: manager.id, role: 'manager' } });
    expect(entry?.request_id).toBe(headers['x-request-id']);
  });

  it.each(WRITES)('leaves no entry of a user without access: $route', async ({ route, prepare }) => {
    const target = await prepare(context);

    await expectRefusal(() => send(route, target, customer));
    await expectRefusal(() => send(route, target, context.app.anonymous()));
  });

  it.each(WRITES.filter(({ route }) => route.includes('{id}')))(
    'leaves no entry about an unknown subject: $route',
    async ({ route, prepare }) => {
      const target = await prepare(context);

      await expectRefusal(() => send(route, { ...target, id: UNKNOWN_ID }));
    },
  );

  it.each(WRITES.filter(({ takesNoBody }) => !takesNoBody))(
    'leaves no entry with an invalid body: $route',
    async ({ route, prepare }) => {
      const target = await prepare(context);

      await expectRefusal(() => send(route, { ...target, body: { ...target.body, extra: true } }));
    },
  );

  it.each(WRITES.filter(({ takesIfMatch }) => takesIfMatch))(
    'leaves no entry with a stale If-Match: $route',
    async ({ route, prepare }) => {
      const target = await prepare(context);

      await expectRefusal(() => send(route, target).set('If-Match', '"stale"'));
    },
  );

  it.each(WRITES.filter(({ repeats }) => !repeats))(
    'leaves no second entry if it is repeated: $route',
    async ({ route, prepare }) => {
      const target = await prepare(context);
      const key = randomUUID();
      await send(route, target).set('Idempotency-Key', key);
      const before = await context.count();

      await send(route, target).set('Idempotency-Key', key);

      expect(await context.count()).toBe(before);
    },
  );

  it.each(WRITES.filter(({ repeats }) => repeats))(
    'leaves a second entry if it is repeated with another note: $route',
    async ({ route, prepare }) => {
      const { id, body } = await prepare(context);
      await send(route, { id, body }).expect(200);
      const before = await context.count();

      await send(route, { id, body: { ...body, note: 'seen again' } }).expect(200);

      expect(await context.count()).toBe(before + 1);
    },
  );
});
