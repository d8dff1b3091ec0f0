import type { INestApplicationContext } from '@nestjs/common';
import { RetentionCleanup } from '#retention';
import { eventually } from './support/eventually.js';
import { chargeAndReset, decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { charge, refund, ReconciliationContext } from './support/reconciliation.js';
import { refundAndReset } from './support/refund-stub.js';
import { TestApp } from './support/test-app.js';

const RETENTION_DAYS = 30;
/** The columns with times, by table. */
const TIMES: Readonly<Record<string, readonly string[]>> = {
  orders: ['created_at', 'updated_at'],
  order_placements: ['created_at', 'settled_at'],
  order_status_transitions: ['changed_at'],
  payments: ['created_at'],
  notifications: ['created_at', 'delivered_at'],
  refunds: ['created_at', 'settled_at'],
  idempotency_keys: ['created_at', 'expires_at'],
};
/** What waits for a decision: an unknown and an unconfirmed charge, a dead notification with its attempt, an unknown refund. */
const WAITING = `
  SELECT (SELECT json_agg(p ORDER BY id) FROM order_placements p WHERE state IN ('unknown', 'declined_unconfirmed')) AS placements,
         (SELECT json_agg(n) FROM notifications n WHERE state = 'dead') AS notifications,
         (SELECT json_agg(a) FROM notification_attempts a JOIN notifications n ON n.id = a.notification_id WHERE n.state = 'dead') AS attempts,
         (SELECT json_agg(r) FROM refunds r WHERE state = 'unknown') AS refunds`;
/** How many rows have the details that are deleted, of those that wait for nobody. */
const DETAILS = `
  SELECT (SELECT count(response_payload)::int FROM payments) AS payments,
         (SELECT count(coalesce(draft, response_payload))::int FROM order_placements WHERE state IN ('placed', 'declined')) AS placements,
         (SELECT count(*)::int FROM notification_attempts a JOIN notifications n ON n.id = a.notification_id WHERE state = 'delivered')
           AS attempts,
         (SELECT count(response_payload)::int FROM notifications WHERE state = 'delivered') AS notifications,
         (SELECT count(response_payload)::int FROM refunds WHERE state = 'refunded') AS refunds`;

describe('the retention', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    const environment = { RETENTION_DAYS: String(RETENTION_DAYS), PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' };
    app = await TestApp.start(environment);
    [ana, manager, worker] = await Promise.all([app.customer(), app.manager(), app.startWorker()]);
  });
  afterAll(() => app.close());

  /** Makes these rows older; without `tables`, everything. */
  async function age(interval: string, tables = TIMES): Promise<void> {
    for (const [table, columns] of Object.entries(tables)) {
      const changes = columns.map((column) => `${column} = ${column} - $1::interval`);
      await app.database.query(`UPDATE ${table} SET ${changes.join(', ')}`, [interval]);
    }
  }

  async function cleanUp(): Promise<void> {
    await worker.get(RetentionCleanup, { strict: false }).deleteExpired();
  }

  async function draftOf(orderId: string): Promise<unknown> {
    const [row] = await app.database.query<{ draft: unknown }>(
      'SELECT draft FROM order_placements WHERE order_id = $1',
      [orderId],
    );
    return row?.draft;
  }

  describe('of the draft of an order', () => {
    it('lasts as long as the key can be replayed, also if the clock of the order was almost an hour behind', async () => {
      const body = await ana.orderFor(['Latte', 'Vanilla', 2], ['Espresso', 'Single Shot']);
      const first = await ana.placeWithKey(body, 'a day').expect(201);
      await age('23 hours 59 minutes');
      await age('1 hour', { orders: ['created_at'] });
      await cleanUp();

      const replay = await ana.placeWithKey(body, 'a day').expect(200);

      expect(replay.body).toMatchObject({ id: first.body.id, items: first.body.items });
    });

    it.each([
      ['with a key', 'a used key'],
      ['without a key', undefined],
    ])('ends 25 hours after an order %s, which stays as it is', async (_, key) => {
      const body = await ana.orderFor(['Latte', 'Vanilla']);
      const request = ana.post('/api/v1/orders', body);
      const { id } = (await (key ? request.set('Idempotency-Key', key) : request).expect(201)).body;
      await age('25 hours');
      const before = await ana.get(`/api/v1/orders/${id}`).expect(200);

      await cleanUp();

      expect(await draftOf(id)).toBeNull();
      expect((await ana.get(`/api/v1/orders/${id}`).expect(200)).body).toEqual(before.body);
    });

    it('ends 25 hours after a manager has settled the placement', async () => {
      app.payments.once(chargeAndReset);
      const { order_id: id } = (await ana.placeWithKey(await ana.orderFor(['Latte', 'Vanilla'])).expect(503))
        .body;
      await age('2 days');
      await cleanUp();
      const [unknown] = (await manager.get(`/api/v1/admin/placements?order_id=${id}`).expect(200)).body;
      const resolution = { outcome: 'charged', note: 'In the ledger' };
      await manager.post(`/api/v1/admin/placements/${unknown.id}/resolve`, resolution).expect(200);
      await cleanUp();
      expect(await draftOf(id)).not.toBeNull();

      await age('25 hours');
      await cleanUp();

      expect(await draftOf(id)).toBeNull();
    });
  });

  describe('of details', () => {
    const before: unknown[] = [];
    const after: unknown[] = [];
    const details: unknown[] = [];
    let reconciliation: ReconciliationContext;

    beforeAll(async () => {
      reconciliation = await ReconciliationContext.on(app.database);
      await clearEarlierHistory();
      await makeHistory();
      details.push(...(await app.database.query(DETAILS)));
      await age(`${RETENTION_DAYS} days - 1 hour`);
      await cleanUp();
      details.push(...(await app.database.query(DETAILS)));
      await age('1 hour');
      before.push(...(await look()));
      await cleanUp();
      after.push(...(await look()));
    });
    afterAll(() => reconciliation.disconnect());

    /** So that the details are those of the next history alone. */
    async function clearEarlierHistory(): Promise<void> {
      await age(`${RETENTION_DAYS} days`);
      await cleanUp();
    }

    /** Everything that is settled, and everything that waits for a decision. */
    async function makeHistory(): Promise<void> {
      const [delivered, dead] = [await place(), await place()];
      await manager.changeStatus(delivered, 'preparation').expect(200);
      await eventually('the delivery', () => app.notifications.received[0]);
      app.notifications.once((response) => response.writeHead(410).end('{"gone":true}'));
      await manager.changeStatus(dead, 'preparation').expect(200);
      await refundAs('refunded', delivered);
      app.refunds.once(refundAndReset);
      await refundAs('unknown', dead);
      for (const [behaviour, status] of [
        [decline(402), 402],
        [decline(500), 402],
        [chargeAndReset, 503],
      ] as const) {
        app.payments.once(behaviour);
        await ana.placeWithKey(await ana.orderFor(['Latte', 'Vanilla'])).expect(status);
      }
      await eventually('a dead notification', async () => {
        const path = '/api/v1/admin/notifications?state=dead';
        return (await manager.get(path).expect(200)).body.length === 1;
      });
    }

    async function place(): Promise<string> {
      return (await ana.placeWithKey(await ana.orderFor(['Latte', 'Vanilla'])).expect(201)).body.id;
    }

    async function refundAs(state: string, orderId: string): Promise<void> {
      const body = { amount_cents: 100, reason: 'quality' };
      await manager.post(`/api/v1/orders/${orderId}/refunds`, body).expect(201);
      await eventually(`a refund that is ${state}`, async () => {
        const { body: refunds } = await manager.get(`/api/v1/admin/refunds?state=${state}`).expect(200);
        return refunds.length > 0;
      });
    }

    /** Returns the orders, the report of their day, their comparison with the provider's statement, and what waits. */
    async function look(): Promise<unknown[]> {
      const { body: orders } = await ana.get('/api/v1/orders?limit=100').expect(200);
      const day = String(orders[0].created_at).slice(0, 10);
      const { body: report } = await manager.get(`/api/v1/admin/reports/days/${day}`).expect(200);
      const charges = await app.database.query<{ id: string; cents: number; at: Date }>(
        `SELECT coalesce(provider_key, id) AS id, total_cents AS cents, created_at AS at
           FROM order_placements WHERE state = 'placed' ORDER BY created_at, id`,
      );
      const refunds = await app.database.query<{ id: string; charge: string; at: Date }>(
        `SELECT r.id, coalesce(p.provider_key, p.id) AS charge, r.settled_at AS at
           FROM refunds r JOIN order_placements p ON p.id = r.placement_id WHERE r.state = 'refunded' ORDER BY r.settled_at, r.id`,
      );
      const comparison = await reconciliation.reconcile(
        [
          ...charges.map(({ id, cents, at }) => charge(id, cents, at.toISOString())),
          ...refunds.map(({ id, charge: key, at }) => refund(id, key, 100, at.toISOString())),
        ],
        {},
      );
      return [orders, report, comparison, await app.database.query(WAITING)];
    }

    it('does not begin an hour before RETENTION_DAYS', () => {
      const [whole, anHourBefore] = details;

      expect(Object.values(whole as object).every((count) => count > 0)).toBe(true);
      expect(anHourBefore).toEqual(whole);
    });

    it('ends after RETENTION_DAYS', async () => {
      const [left] = await app.database.query(DETAILS);

      expect(left).toEqual({ payments: 0, placements: 0, attempts: 0, notifications: 0, refunds: 0 });
    });

    it.each([
      ['orders', 0],
      ['day reports', 1],
      ['the comparison with a statement of the provider', 2],
      ['what waits for a decision', 3],
    ])('does not change %s', (_, index) => {
      expect(after[index]).toEqual(before[index]);
    });

    it('shows none of the deleted details to a manager', async () => {
      const { body } = await manager.get('/api/v1/admin/notifications?state=delivered').expect(200);

      expect(body).toMatchObject([{ state: 'delivered', attempts: [] }]);
    });
  });
});
