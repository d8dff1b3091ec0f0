import { randomUUID } from 'node:crypto';
import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('a charge of unknown outcome, where nobody knows whether the provider honours keys', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
    await app.startWorker();
  });
  afterAll(() => app.close());

  it("keeps a manager's decline when the provider approves after all, and lists the refund that is due", async () => {
    const held = new HeldCharge();
    app.payments.once(held.behaviour);
    const key = randomUUID();
    const placing = ana.placeWithKey(order, key).then((response) => response);
    await held.arrived;
    const running = await lapsed();
    await resolve(running.id, 'not_charged').expect(200);

    held.release();

    expect((await placing).status).toBe(402);
    expect((await listed('refund_due')).map(({ id }) => id)).toEqual([running.id]);
    await ana.placeWithKey(order, key).expect(402);
  });

  it("keeps a manager's order when the provider declines after all", async () => {
    const held = new HeldCharge(decline());
    app.payments.once(held.behaviour);
    const placing = ana.placeWithKey(order).then((response) => response);
    await held.arrived;
    const running = await lapsed();
    await resolve(running.id, 'charged').expect(200);

    held.release();

    const answered = await placing;
    expect(answered.status).toBe(200);
    expect(answered.body).toMatchObject({ id: running.order_id });
  });

  function resolve(id: string, outcome: string): ReturnType<Person['post']> {
    return manager.post(`/api/v1/admin/placements/${id}/resolve`, { outcome, note: 'seen in the dashboard' });
  }

  async function listed(state: string): Promise<PlacementDto[]> {
    return (await manager.get(`/api/v1/admin/placements?state=${state}`).expect(200)).body as PlacementDto[];
  }

  /** The attempt that is running, after its lease has lapsed and the worker has left it to the managers. */
  async function lapsed(): Promise<PlacementDto> {
    const [running] = await listed('charging');
    await app.database.query('UPDATE order_placements SET lease_expires_at = now() WHERE id = $1', [
      running?.id,
    ]);
    return eventually('the lapsed placement to be listed', async () =>
      (await listed('unknown')).find(({ id }) => id === running?.id),
    );
  }
});
