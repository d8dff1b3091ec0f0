import { newId } from '#database';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { LateChargesService } from './late-charges.service.js';

const ANSWER = { status: 200, body: {} };

describe('a charge that is approved after a decline', () => {
  let app: TestApp;
  let lateCharges: LateChargesService;
  let id: string;

  beforeAll(async () => {
    app = await TestApp.start();
    lateCharges = app.api.get(LateChargesService, { strict: false });
  });
  beforeEach(async () => {
    id = newId();
    await app.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, settled_at)
       VALUES ($1, $1, $1, $2, 300, '{}', 'test', 'declined', now())`,
      [id, (await app.customer()).id],
    );
  });
  afterAll(() => app.close());

  async function stateOf(): Promise<unknown> {
    const [row] = await app.database.query(
      `SELECT p.state, p.refund_reserved_cents AS reserved, array_agg(r.state) AS refunds
         FROM order_placements p JOIN refunds r ON r.placement_id = p.id WHERE p.id = $1 GROUP BY p.id`,
      [id],
    );
    return row;
  }

  it('makes a refund due', async () => {
    await lateCharges.record({ id, ...TEST_CONTEXT }, ANSWER);

    expect(await stateOf()).toEqual({ state: 'refund_due', reserved: 300, refunds: '{pending}' });
  });

  it('makes none due again once it is refunded, if its record is repeated', async () => {
    await lateCharges.record({ id, ...TEST_CONTEXT }, ANSWER);
    await app.database.query(`UPDATE refunds SET state = 'refunded' WHERE placement_id = $1`, [id]);
    await app.database.query(`UPDATE order_placements SET state = 'declined' WHERE id = $1`, [id]);

    await lateCharges.record({ id, ...TEST_CONTEXT }, ANSWER);

    expect(await stateOf()).toEqual({ state: 'declined', reserved: 300, refunds: '{refunded}' });
  });
});
