import { newId } from '#database';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { ChargeOutcomesService } from './charge-outcomes.service.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';

const LEASE_MS = 60_000;
const APPROVED = { kind: 'approved', answer: { status: 200, body: {} } } as const;

describe('the outcome of a charge', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  it('is the order that somebody else has made of it, also if its draft is deleted by then', async () => {
    const transitions = app.api.get(PlacementTransitionsRepository, { strict: false });
    const ids = {
      id: newId(),
      orderId: newId(),
      paymentId: newId(),
      customerId: (await app.customer()).id,
      providerKey: null,
    };
    const placement = { ...ids, totalCents: 300, draft: { items: [], metadata: { a: 1 } }, ...TEST_CONTEXT };
    await transitions.begin(placement, LEASE_MS, null);
    await transitions.settleApproved(placement.id, null);
    await app.database.query('UPDATE order_placements SET draft = NULL WHERE id = $1', [placement.id]);

    const outcomes = app.api.get(ChargeOutcomesService, { strict: false });
    const { order } = await outcomes.record({ ...placement, number: 1, attempt: 1 }, APPROVED);

    expect(order).toMatchObject({ id: placement.orderId, items: [], metadata: { a: 1 } });
  });
});
