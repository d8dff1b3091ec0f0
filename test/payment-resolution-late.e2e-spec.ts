import { randomUUID } from 'node:crypto';
import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('A placement that a manager resolves before the provider responds', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({
      PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown',
      // A due refund waits for the manager.
      PAYMENT_REFUND_URL: '',
    });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
    await app.startWorker();
  });
  afterAll(() => app.close());

  it('stays declined with a refund due if the provider approves', async () => {
    const held = new HeldCharge();
    app.payments.once(held.behaviour);
    const key = randomUUID();
    const placing = ana.placeWithKey(order, key).then((response) => response);
    await held.arrived;
    const running = await expireLease();
    await resolve(running.id, 'not_charged').expect(200);

    held.release();

    expect((await placing).status).toBe(402);
    expect((await list('refund_due')).map(({ id }) => id)).toEqual([running.id]);
    await ana.placeWithKey(order, key).expect(402);
  });

  it('stays an order if the provider declines', async () => {
    const held = new HeldCharge(decline());
    app.payments.once(held.behaviour);
    const placing = ana.placeWithKey(order).then((response) => response);
    await held.arrived;
    const running = await expireLease();
    await resolve(running.id, 'charged').expect(200);

    held.release();

    const { body, status } = await placing;
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: running.order_id });
  });

  function resolve(id: string, outcome: string): ReturnType<Person['post']> {
    return manager.post(`/api/v1/admin/placements/${id}/resolve`, { outcome, note: 'seen in the dashboard' });
  }

  async function list(state: string): Promise<PlacementDto[]> {
    return (await manager.get(`/api/v1/admin/placements?state=${state}`).expect(200)).body as PlacementDto[];
  }

  /** Expires the lease of the running charge and waits until the worker lists it for the managers. */
  async function expireLease(): Promise<PlacementDto> {
    const [running] = await list('charging');
    await app.database.query('UPDATE order_placements SET lease_expires_at = now() WHERE id = $1', [
      running?.id,
    ]);
    return eventually('the placement to be listed', async () =>
      (await list('unknown')).find(({ id }) => id === running?.id),
    );
  }
});
