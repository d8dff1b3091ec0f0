import { randomUUID } from 'node:crypto';
import { ApiProcess } from '../support/api-process.js';
import { setReadOnly, terminateConnections } from '../support/database-connections.js';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** A primary that crashed, or lost its quorum, accepts connections and reads but no writes for a while. */
describe('while the database is read-only', () => {
  let app: TestApp;
  let api: ApiProcess;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '5000' });
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
    ana = api.clientFor(await app.customer());
    manager = api.clientFor(await app.manager());
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterEach(() => acceptWrites());
  afterAll(async () => {
    await api.stop();
    await app.close();
  });

  async function refuseWrites(): Promise<void> {
    await setReadOnly(app.database, true);
    await terminateConnections(app.database);
  }

  /** Open connections stay read-only: the API must leave them by itself. */
  function acceptWrites(): Promise<void> {
    return setReadOnly(app.database, false);
  }

  it('answers writes with 503 and Retry-After', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await refuseWrites();

    await ana.placeWithKey(order, randomUUID()).expect(503).expect('Retry-After', /\d/);
    await manager.changeStatus(id, 'preparation').expect(503).expect('Retry-After', /\d/);
    await ana.get(`/api/v1/orders/${id}`).expect(200);
  });

  it('is not ready, and serves again as soon as the database accepts writes', async () => {
    await refuseWrites();
    // Ten at once, so that every connection of the pool has seen the read-only database.
    const orders = () => Promise.all(Array.from({ length: 10 }, () => ana.placeWithKey(order, randomUUID())));
    await orders();
    await ana.get('/health/ready').expect(503);

    await acceptWrites();

    expect((await orders()).map(({ status }) => status)).toEqual(Array(10).fill(201));
    await ana.get('/health/ready').expect(200);
  });

  it('becomes not ready and ready again without any other request', async () => {
    await refuseWrites();
    await ana.get('/health/ready').expect(503);

    await acceptWrites();

    // Another connection of the pool may still be read-only; the check that meets it closes it.
    await eventually('readiness', async () => (await ana.get('/health/ready')).status === 200);
  });

  it('keeps an approval that it heard and places the order afterwards', async () => {
    const [key, held] = [randomUUID(), new HeldCharge()];
    app.payments.once(held.behaviour);
    const answer = ana.placeWithKey(order, key).then(({ status, body }) => [status, body.code]);
    await held.arrived;
    await refuseWrites();

    held.release();

    expect(await answer).toEqual([503, 'payment_outcome_unknown']);
    await acceptWrites();
    await eventually('the order', async () => (await ana.placeWithKey(order, key)).status === 200);
    // Those that were refused leave nothing: a read-only database surely wrote nothing.
    expect(await app.database.query(`SELECT FROM order_placements WHERE state <> 'placed'`)).toEqual([]);
    const [placement] = await app.database.query<{ id: string }>(
      'SELECT id FROM order_placements ORDER BY created_at DESC LIMIT 1',
    );
    expect(api.program.stdout).toMatch(
      new RegExp(`"placement":"${placement?.id ?? ''}".*became an order after its client was answered`),
    );
  }, 20_000);
});
