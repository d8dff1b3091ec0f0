import { randomUUID } from 'node:crypto';
import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { chargeThen } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** Short, because the lease of a killed process lasts at least as long. */
const PAYMENT_TIMEOUT_MS = '200';

describe.each(['supported', 'unknown'])(
  'kill -9 of the API between charge and settle with provider idempotency %s',
  (idempotency) => {
    let app: TestApp;
    let ana: Person;
    let manager: Person;
    let order: Awaited<ReturnType<Person['orderFor']>>;

    beforeAll(async () => {
      app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: idempotency, PAYMENT_TIMEOUT_MS });
      [ana, manager] = await Promise.all([app.customer(), app.manager()]);
      order = await ana.orderFor(['Latte', 'Vanilla']);
    });
    afterAll(() => app.close());

    if (idempotency === 'supported') {
      it("makes one order and one charge with the client's retry", async () => {
        const key = await crashWhileCharging();
        const restarted = await ApiProcess.start(app.environment);

        const placed = await eventually('the retry to succeed', async () => {
          const response = await restarted.clientFor(ana).placeWithKey(order, key);
          expect([200, 201, 409]).toContain(response.status);
          return response.status === 409 ? undefined : response;
        });

        expect((await restarted.clientFor(ana).placeWithKey(order, key).expect(200)).text).toBe(placed.text);
        await expectOneOrderPerCharge();
        await restarted.stop();
      });

      it("makes one order and one charge without the client's retry", async () => {
        await crashWhileCharging();
        const worker = await app.startWorker();

        await eventually('recovery', async () => (await countPlacements('charging')) === 0);

        await expectOneOrderPerCharge();
        await worker.close();
      });
    } else {
      it('lists the placement as unknown and does not charge again', async () => {
        const key = await crashWhileCharging();
        const worker = await app.startWorker();

        await eventually('the placement to be listed', async () => {
          const { body } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
          return (body as unknown[]).length === 1;
        });

        await ana.placeWithKey(order, key).expect(503);
        expect(app.payments.requests).toHaveLength(1);
        expect(app.payments.charges).toHaveLength(1);
        expect(await countPlacements('placed')).toBe(0);
        await worker.close();
      });
    }

    /** The provider takes the money and kills the API before it responds. */
    async function crashWhileCharging(): Promise<string> {
      const key = randomUUID();
      const api = await ApiProcess.start(app.environment);
      app.payments.once(chargeThen(() => api.kill()));
      await expect(api.clientFor(ana).placeWithKey(order, key)).rejects.toThrow();
      expect(await countPlacements('charging')).toBe(1);
      return key;
    }

    async function countPlacements(state: string): Promise<number | undefined> {
      const [row] = await app.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM order_placements WHERE state = $1',
        [state],
      );
      return row?.count;
    }

    async function expectOneOrderPerCharge(): Promise<void> {
      const orders = await app.database.query<{ key: string }>(
        'SELECT coalesce(p.provider_key, p.id) AS key FROM orders o JOIN order_placements p ON p.order_id = o.id ORDER BY 1',
      );
      expect(orders.map(({ key }) => key)).toEqual(app.payments.charges.map(({ key }) => key).sort());
    }
  },
);

describe('two API processes with one database', () => {
  it('charge once for 50 concurrent requests with one key', async () => {
    const app = await TestApp.start();
    const other = await ApiProcess.start(app.environment);
    const ana = await app.customer();
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const key = randomUUID();

    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? ana : other.clientFor(ana)).placeWithKey(order, key),
      ),
    );

    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
    expect(app.payments.requests).toHaveLength(1);
    await other.stop();
    await app.close();
  });
});
