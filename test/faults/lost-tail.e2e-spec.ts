import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { HeldCharge } from '../support/held-charge.js';
import { logIn } from '../support/log-in.js';
import { chargeAndReset } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { shiftedClock } from './chaos/process-faults.js';

/** In the order in which their rows can be deleted. */
const TABLES = ['order_items', 'payments', 'orders', 'idempotency_keys', 'order_placements'];
const FIVE_MINUTES_MS = 300_000;

/** An asynchronous failover and a restored backup lose the last commits; the provider loses nothing. */
describe('after the database has lost its last commits', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;
  /** The first commit that is lost. */
  let tail: Date;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported', PAYMENT_TIMEOUT_MS: '5000' });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    app.payments.charges.length = 0;
    tail = await databaseTime();
  });

  async function databaseTime(): Promise<Date> {
    const [row] = await app.database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return row!.now;
  }

  async function loseTail(): Promise<void> {
    for (const table of TABLES) {
      const isLost =
        table === 'order_items'
          ? 'order_id IN (SELECT id FROM orders WHERE created_at >= $1)'
          : 'created_at >= $1';
      await app.database.query(`DELETE FROM ${table} WHERE ${isLost}`, [tail]);
    }
  }

  async function place(key: string, customer = ana): Promise<OrderDto> {
    return (await customer.placeWithKey(order, key).expect(201)).body as OrderDto;
  }

  /** Returns the provider keys of the placements that the database has not lost, oldest first. */
  async function storedKeys(): Promise<string[]> {
    const rows = await app.database.query<{ key: string }>(
      'SELECT coalesce(provider_key, id) AS key FROM order_placements WHERE created_at >= $1 ORDER BY created_at',
      [tail],
    );
    return rows.map(({ key }) => key);
  }

  function chargedKeys(): string[] {
    return app.payments.charges.map(({ key }) => key);
  }

  it('a repeated key gets an order for its first charge', async () => {
    const keys = Array.from({ length: 5 }, () => randomUUID());
    const lost = await Promise.all(keys.map((key) => place(key)));
    await loseTail();
    await ana.get(`/api/v1/orders/${lost[0]!.id}`).expect(404);

    const placed = await Promise.all(keys.map((key) => place(key)));

    expect(app.payments.charges).toHaveLength(keys.length);
    expect((await storedKeys()).sort()).toEqual(chargedKeys().sort());
    for (const { id } of placed) await ana.get(`/api/v1/orders/${id}`).expect(200);
  });

  it('a repeated key is charged for another request, and for another customer', async () => {
    const key = randomUUID();
    await place(key);
    await loseTail();

    await ana.placeWithKey({ ...order, note: 'no foam' }, key).expect(201);
    await place(key, await app.customer());

    expect(app.payments.charges).toHaveLength(3);
  });

  it('a repeated key gets one order if the first charge is still under way', async () => {
    const [key, held] = [randomUUID(), new HeldCharge()];
    app.payments.once(held.behaviour);
    const first = ana.placeWithKey(order, key).then((response) => response);
    await held.arrived;
    await loseTail();

    const second = await place(key);
    held.release();

    expect((await first).body).toEqual(second);
    expect(app.payments.charges).toHaveLength(1);
    expect(await storedKeys()).toEqual(chargedKeys());
  });

  it('a repeated key gets the order that the first response brings', async () => {
    const [key, held, repeated] = [randomUUID(), new HeldCharge(), new HeldCharge()];
    app.payments.once(held.behaviour);
    app.payments.once(repeated.behaviour);
    const first = ana.placeWithKey(order, key).then((response) => response);
    await held.arrived;
    await loseTail();
    const second = ana.placeWithKey(order, key).then((response) => response);
    await repeated.arrived;

    held.release();
    const { body } = await first;
    repeated.release();

    expect((await second).body).toEqual(body);
    expect([(await first).status, (await second).status]).toEqual([201, 200]);
    expect(app.payments.charges).toHaveLength(1);
    expect(await storedKeys()).toEqual(chargedKeys());
  });

  it('a key whose attempt was never sent is charged once', async () => {
    const key = randomUUID();
    await app.payments.stop();
    await ana.placeWithKey(order, key).expect(503);
    await app.payments.restart();

    await place(key);
    await loseTail();
    await place(key);

    expect(app.payments.charges).toHaveLength(1);
  });

  it('a key that is used again after its 24 hours is charged again', async () => {
    const key = randomUUID();
    const first = await place(key);
    await app.database.query(`UPDATE idempotency_keys SET expires_at = now() WHERE created_at >= $1`, [tail]);

    const second = await place(key);

    expect(second.id).not.toBe(first.id);
    expect(new Set(chargedKeys()).size).toBe(2);
    expect(await storedKeys()).toEqual(chargedKeys());
  });

  describe('around the end of a UTC day', () => {
    const midnight = new Date().setUTCHours(24, 0, 0, 0);
    const processes: ApiProcess[] = [];
    /** One customer, at processes with clocks before and after midnight. */
    let evening: Person;
    let night: Person;

    beforeAll(async () => {
      [evening, night] = await Promise.all([customerAt(midnight - FIVE_MINUTES_MS), customerAt(midnight)]);
    });
    afterAll(() => Promise.all(processes.map((process) => process.stop())));

    async function customerAt(time: number): Promise<Person> {
      // The times of a token are those of the database.
      const environment = { ...app.environment, JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '1440' };
      const api = await ApiProcess.start({ ...environment, ...shiftedClock(time - Date.now()) });
      processes.push(api);
      return logIn(api.url, 'customer');
    }

    it('a repeated key is charged again, because it cannot be told from one that is used again', async () => {
      const key = randomUUID();
      await place(key, evening);
      await loseTail();

      await place(key, night);

      expect(new Set(chargedKeys()).size).toBe(2);
    });

    it('a key that is not lost keeps its provider key', async () => {
      const key = randomUUID();
      app.payments.once(chargeAndReset);
      await evening.placeWithKey(order, key).expect(503);

      await place(key, night);

      expect(app.payments.charges).toHaveLength(1);
      expect(await storedKeys()).toEqual(chargedKeys());
    });
  });
});
