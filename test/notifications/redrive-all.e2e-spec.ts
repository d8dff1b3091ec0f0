import type { NotificationInspector } from '../support/notification-inspector.js';
import { NotificationContext } from './notification-context.js';

const PATH = '/api/v1/admin/notifications/redrive';
/** More than two batches. */
const MANY = 25_000;

describe('POST /admin/notifications/redrive', () => {
  let context: NotificationContext;
  let inspector: NotificationInspector;

  beforeAll(async () => {
    context = await NotificationContext.start();
    ({ inspector } = context);
  });
  afterAll(() => context.close());
  afterEach(() => context.stopWorkers());
  beforeEach(() => context.app.database.query('TRUNCATE notifications, notification_attempts'));

  /** Returns an order whose notification died and was created then. */
  async function placeDead(createdAt = '2026-11-24T10:00:00Z'): Promise<string> {
    const order = await context.placeOrder('preparation');
    await context.app.database.query(
      `UPDATE notifications SET state = 'dead', attempts = 12, due_at = now() + interval '1 hour', created_at = $2
        WHERE order_id = $1`,
      [order, createdAt],
    );
    return order;
  }

  async function placeManyDead(): Promise<void> {
    await context.app.database.query(
      `WITH o AS (
         INSERT INTO orders (id, customer_id, status, total_cents)
         SELECT gen_random_uuid(), $1, 'ready', 430 FROM generate_series(1, $2::int) RETURNING id)
       INSERT INTO notifications (id, order_id, sequence, status, state)
       SELECT gen_random_uuid(), id, 1, 'preparation', 'dead' FROM o`,
      [context.customer.id, MANY],
    );
  }

  async function countEntries(): Promise<number> {
    const sql = `SELECT count(*)::int FROM audit_log WHERE action = 'notification.redrive_all'`;
    return (await context.app.database.query<{ count: number }>(sql))[0]?.count ?? 0;
  }

  async function redrive(range?: object): Promise<unknown> {
    return (await context.manager.post(PATH, range).expect(200)).body;
  }

  async function stateOf(order: string): Promise<string | undefined> {
    return (await inspector.rows(order))[0]?.state;
  }

  it.each([
    ['an empty object', {}],
    ['no body', undefined],
  ])('sends all dead notifications again for %s', async (_, body) => {
    const orders = [await placeDead(), await placeDead('1999-12-31T23:59:59Z')];

    expect(await redrive(body)).toEqual({ count: 2 });

    await context.startWorker();
    for (const order of orders) await inspector.waitForState('delivered', order);
  });

  it('counts a notification once', async () => {
    await placeDead();
    await redrive();

    expect(await redrive()).toEqual({ count: 0 });
  });

  it('leaves notifications of other states alone', async () => {
    const [delivered, pending] = [await placeDead(), await placeDead()];
    const setState = 'UPDATE notifications SET state = $2 WHERE order_id = $1';
    await context.app.database.query(setState, [delivered, 'delivered']);
    await context.app.database.query(setState, [pending, 'pending']);
    const before = [await inspector.rows(delivered), await inspector.rows(pending)];

    expect(await redrive()).toEqual({ count: 0 });

    expect([await inspector.rows(delivered), await inspector.rows(pending)]).toEqual(before);
  });

  it.each([
    [
      'both ends',
      { from: '2026-11-24T10:00:00Z', to: '2026-11-24T12:00:00Z' },
      ['pending', 'pending', 'dead'],
    ],
    ['a beginning', { from: '2026-11-24T10:00:00.001Z' }, ['dead', 'pending', 'pending']],
    ['an end', { to: '2026-11-24T11:59:59.999Z' }, ['pending', 'dead', 'dead']],
    [
      'one moment',
      { from: '2026-11-24T12:00:00Z', to: '2026-11-24T14:00:00+02:00' },
      ['dead', 'pending', 'dead'],
    ],
    [
      'times far away',
      { from: '0000-01-01T00:00:00+23:59', to: '9999-12-31T23:59:59-23:59' },
      Array(3).fill('pending'),
    ],
  ])('selects notifications by the time of their creation, with %s', async (_, range, expected) => {
    const times = ['2026-11-24T10:00:00Z', '2026-11-24T12:00:00Z', '2026-11-24T12:00:00.001Z'];
    const orders = await Promise.all(times.map(placeDead));

    expect(await redrive(range)).toEqual({ count: expected.filter((state) => state === 'pending').length });

    expect(await Promise.all(orders.map(stateOf))).toEqual(expected);
  });

  it('handles tens of thousands in batches that share an audit entry', async () => {
    const before = await countEntries();
    await placeManyDead();

    expect(await redrive()).toEqual({ count: MANY });

    expect(await countEntries()).toBe(before + 1);
  });

  it('leaves no audit entry if nothing was dead', async () => {
    await redrive();
    const before = await countEntries();

    await redrive();

    expect(await countEntries()).toBe(before);
  });

  it.each([
    ['from', 'noon'],
    ['from', 1_763_978_400_000],
    ['from', ['2026-11-24T10:00:00Z']],
    ['to', ''],
    ['to', '2026-11-24'],
    ['to', '2026-11-24T10:00:00'],
    ['to', '2026-11-24 10:00:00Z'],
    ['to', '2026-02-29T10:00:00Z'],
    ['to', '2026-11-24T25:00:00Z'],
    ['since', '2026-11-24T10:00:00Z'],
    ['from', null],
    ['to', null],
  ])('rejects %s %j', async (field, value) => {
    const { body } = await context.manager.post(PATH, { [field]: value }).expect(422);

    expect(body.errors).toEqual([{ field, message: expect.stringContaining(field) }]);
  });

  it('rejects a range whose end is before its beginning', async () => {
    const range = { from: '2026-11-24T10:00:00Z', to: '2026-11-24T10:00:00+00:01' };

    const { body } = await context.manager.post(PATH, range).expect(422);

    expect(body.errors).toEqual([{ field: 'to', message: 'to must not be before from' }]);
  });

  it('rejects customers', async () => {
    await context.customer.post(PATH).expect(403);
  });
});
