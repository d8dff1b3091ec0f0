import { randomUUID } from 'node:crypto';
import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PLACEMENTS = '/api/v1/admin/placements';

describe('A decline with a 502', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;
  let key: string;
  /** The resolve route of the declined placement. */
  let path: string;

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

  beforeEach(async () => {
    key = randomUUID();
    app.payments.once(decline(502, 'bad gateway'));
    await ana.placeWithKey(order, key).expect(402);
    const { body } = await manager.get(`${PLACEMENTS}?state=declined_unconfirmed`).expect(200);
    const [placement] = body as PlacementDto[];
    if (!placement) throw new Error('The placement is not listed');
    path = `${PLACEMENTS}/${placement.id}/resolve`;
  });

  it('becomes a refund due when a manager resolves it as charged', async () => {
    const { body } = await manager.post(path, { outcome: 'charged', note: 'in the ledger' }).expect(200);

    expect(body).toMatchObject({ state: 'refund_due', resolutions: [{ outcome: 'charged' }] });
  });

  it('is closed when a manager resolves the refund as not charged', async () => {
    await manager.post(path, { outcome: 'charged', note: 'in the ledger' }).expect(200);

    const { body } = await manager.post(path, { outcome: 'not_charged', note: 'refunded' }).expect(200);

    expect(body).toMatchObject({
      state: 'declined',
      resolutions: [{ outcome: 'charged' }, { outcome: 'not_charged' }],
    });
  });

  it('stays a 402 for the client', async () => {
    await manager.post(path, { outcome: 'charged', note: 'in the ledger' }).expect(200);
    await manager.post(path, { outcome: 'not_charged', note: 'refunded' }).expect(200);

    await ana.placeWithKey(order, key).expect(402);
  });

  it('cannot be resolved by a customer', async () => {
    await ana.post(path, { outcome: 'charged', note: 'mine' }).expect(403);
  });

  it.each([
    ['with an unknown outcome', { outcome: 'maybe', note: 'x' }],
    ['without a note', { outcome: 'charged' }],
  ])('cannot be resolved %s', async (_, resolution) => {
    await manager.post(path, resolution).expect(422);
  });

  it('cannot be resolved with an unknown id', async () => {
    const resolution = { outcome: 'charged', note: 'in the ledger' };

    await manager.post(`${PLACEMENTS}/${randomUUID()}/resolve`, resolution).expect(404);
  });
});
