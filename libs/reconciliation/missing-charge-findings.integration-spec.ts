import { charge, NOON, ReconciliationContext, refund } from '../../test/support/reconciliation.js';
import type { PlacementState, ResolutionOutcome } from '#placements';

const MORNING = '2026-03-10T00:02:00Z';
const EVENING = '2026-03-10T23:58:00Z';
const DAY_BEFORE = '2026-03-09T12:00:00Z';
const DAY_AFTER = '2026-03-11T12:00:00Z';
const WEEK = { from: new Date('2026-03-05T00:00:00Z'), to: new Date('2026-03-12T00:00:00Z') };

describe('the findings of charges that are not in the statement', () => {
  let context: ReconciliationContext;

  beforeAll(async () => {
    context = await ReconciliationContext.start();
  });
  afterAll(() => context.close());
  beforeEach(() => context.clear());

  /** Moves the settlement of an order, with what is written at that time. */
  async function settleAt(id: string, at: string): Promise<void> {
    await context.database.query('UPDATE order_placements SET settled_at = $2 WHERE id = $1', [id, at]);
    await context.database.query('UPDATE orders SET created_at = $2 WHERE id = $1', [id, at]);
  }

  async function resolve(id: string, outcome: ResolutionOutcome, at: string): Promise<void> {
    await context.database.query(
      `INSERT INTO placement_resolutions (id, placement_id, outcome, note, resolved_by, resolved_at)
       SELECT gen_random_uuid(), $1, $2, 'in the statement', id, $3 FROM users WHERE email = 'manager@example.com'`,
      [id, outcome, at],
    );
  }

  it('name an order', async () => {
    const id = await context.past.order(NOON);

    expect(await context.findings([])).toEqual([['charge_missing', id]]);
  });

  it.each<PlacementState>(['charging', 'unknown', 'declined_unconfirmed'])(
    'are open if the charge is %s',
    async (state) => {
      const id = await context.past.charge(NOON, state, 430);

      expect(await context.findings([])).toEqual([['charge_unanswered', id]]);
    },
  );

  it.each<PlacementState>(['declined', 'unsent'])('are none if the charge is %s', async (state) => {
    await context.past.charge(NOON, state, 430);

    expect(await context.findings([])).toEqual([]);
  });

  it.each([MORNING, EVENING])('are open for an order at the edge of the period, at %s', async (at) => {
    const id = await context.past.order(at);

    expect(await context.findings([])).toEqual([['charge_outside_period', id]]);
  });

  it.each([
    ['before the period', DAY_BEFORE, NOON],
    ['in the period', NOON, DAY_AFTER],
  ])('are open for an order that was begun %s and settled later', async (_, begun, settled) => {
    const id = await context.past.order(begun);
    await settleAt(id, settled);

    expect(await context.findings([])).toEqual([['charge_outside_period', id]]);
    expect(await context.findings([], WEEK)).toEqual([['charge_missing', id]]);
  });

  it('are open for a late charge that a manager recorded in the period', async () => {
    const id = await context.past.charge(DAY_BEFORE, 'refund_due', 430);
    await resolve(id, 'charged', NOON);

    expect(await context.findings([])).toEqual([['charge_outside_period', id]]);
    expect(await context.findings([], WEEK)).toEqual([['charge_missing', id]]);
  });

  it.each(['2026-03-09T23:58:00Z', '2026-03-11T00:02:00Z'])('are none for an order of %s', async (at) => {
    await context.past.order(at);

    expect(await context.findings([])).toEqual([]);
  });

  it('are none outside of the first and the last row if there is no other period', async () => {
    await context.past.order(DAY_BEFORE);
    const id = await context.past.order(NOON);

    expect(await context.findings([charge(id)], {})).toEqual([]);
  });

  it('are none for an order of another day whose refund is in the statement', async () => {
    const id = await context.past.order(DAY_BEFORE);
    const refundId = await context.past.refund(id, { cents: 430, at: NOON });

    expect(await context.findings([refund(refundId, id)])).toEqual([]);
  });

  it('are none for an order of 0 cents, which is not charged', async () => {
    await context.past.order(NOON, [{ unitCents: 0 }]);

    expect(await context.findings([])).toEqual([]);
  });

  it('name an order without a placement', async () => {
    const id = await context.past.order(NOON);
    await context.database.query('DELETE FROM order_placements');

    expect(await context.findings([])).toEqual([['order_without_placement', id]]);
  });

  it('need a period if the statement is empty', async () => {
    await expect(context.reconcile([], {})).rejects.toThrow('give its period with --from and --to');
  });
});
