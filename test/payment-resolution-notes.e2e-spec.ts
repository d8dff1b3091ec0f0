import type { PlacementDto } from '../apps/api/placements/dto/placement.dto.js';
import { chargeAndReset, decline, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PLACEMENTS = '/api/v1/admin/placements';

describe('A resolution of a placement', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let colleague: Person;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' });
    [ana, manager, colleague] = await Promise.all([app.customer(), app.manager(), app.manager()]);
  });
  afterAll(() => app.close());

  /** Places an order whose charge ends so, and returns the placement. */
  async function place(behaviour: PaymentBehaviour): Promise<PlacementDto> {
    // A successful charge keeps the circuit breaker closed.
    await ana.placeOrder(['Donuts', 'Glazed']);
    app.payments.once(behaviour);
    await ana.post('/api/v1/orders', await ana.orderFor(['Latte', 'Vanilla']));
    return (await manager.get(`${PLACEMENTS}?limit=1`).expect(200)).body[0] as PlacementDto;
  }

  async function resolve(id: string, outcome: string, note: string, by = manager): Promise<PlacementDto> {
    const { body } = await by.post(`${PLACEMENTS}/${id}/resolve`, { outcome, note }).expect(200);
    return body as PlacementDto;
  }

  it.each<[before: string, outcome: string, after: string, behaviour: PaymentBehaviour]>([
    ['unknown', 'charged', 'placed', chargeAndReset],
    ['unknown', 'not_charged', 'declined', chargeAndReset],
    ['declined_unconfirmed', 'charged', 'refund_due', decline(502)],
    ['declined_unconfirmed', 'not_charged', 'declined', decline(502)],
  ])('keeps every note: from %s by %s to %s', async (before, outcome, after, behaviour) => {
    const placement = await place(behaviour);
    expect(placement.state).toBe(before);

    const first = await resolve(placement.id, outcome, 'seen in the dashboard');
    await resolve(placement.id, outcome, 'confirmed by the bank', colleague);
    const last = await resolve(placement.id, outcome, 'seen in the dashboard');

    expect(last).toMatchObject({
      state: after,
      settled_at: first.settled_at,
      resolutions: [
        { outcome, note: 'seen in the dashboard', resolved_by: manager.id, resolved_at: expect.any(String) },
        {
          outcome,
          note: 'confirmed by the bank',
          resolved_by: colleague.id,
          resolved_at: expect.any(String),
        },
        { outcome, note: 'seen in the dashboard', resolved_by: manager.id, resolved_at: expect.any(String) },
      ],
    });
    expect((await manager.get(`${PLACEMENTS}/${placement.id}`).expect(200)).body).toEqual(last);
  });

  it('keeps both notes of two managers at the same time', async () => {
    const { id } = await place(chargeAndReset);

    await Promise.all([resolve(id, 'charged', 'mine'), resolve(id, 'charged', 'yours', colleague)]);

    const { resolutions } = (await manager.get(`${PLACEMENTS}/${id}`)).body as PlacementDto;
    expect(resolutions.map(({ note }) => note).toSorted()).toEqual(['mine', 'yours']);
  });

  it.each(['charged', 'not_charged'])('as %s does not erase why the outcome was unknown', async (outcome) => {
    const { id } = await place(chargeAndReset);

    expect(await resolve(id, outcome, 'seen in the dashboard')).toMatchObject({ failure: 'ECONNRESET' });
  });

  it.each([
    ['empty', ''],
    ['blank', ' \t\n\u00a0\u3000'],
    ['invisible', '\u200b\u2060\u00ad\u0007'],
    ['too long', 'x'.repeat(1_001)],
  ])('needs a note that is not %s', async (_, note) => {
    const { id } = await place(chargeAndReset);

    const { body } = await manager
      .post(`${PLACEMENTS}/${id}/resolve`, { outcome: 'charged', note })
      .expect(422);

    expect(body.errors).toEqual([{ field: 'note', message: expect.stringContaining('note') }]);
    expect((await manager.get(`${PLACEMENTS}/${id}`)).body).toMatchObject({
      state: 'unknown',
      resolutions: [],
    });
  });
});
