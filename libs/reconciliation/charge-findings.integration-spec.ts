import { randomUUID } from 'node:crypto';
import { charge, NOON, ReconciliationContext, refund } from '../../test/support/reconciliation.js';
import type { PlacementState } from '#placements';

const MORNING = '2026-03-10T00:02:00Z';
const EVENING = '2026-03-10T23:58:00Z';
const KEY = randomUUID();

describe('the findings of charges', () => {
  let context: ReconciliationContext;

  beforeAll(async () => {
    context = await ReconciliationContext.start();
  });
  afterAll(() => context.close());
  beforeEach(() => context.clear());

  /** Returns the codes and keys of the findings; all comparisons must be explained. */
  async function found(...parameters: Parameters<ReconciliationContext['reconcile']>): Promise<string[][]> {
    const comparison = await context.reconcile(...parameters);
    expect(comparison.isExplained).toBe(true);
    return comparison.found.map(({ code, key }) => [code, key]);
  }

  /** Returns the id of a placement whose refunds are not rejected. */
  async function reserved(state: PlacementState): Promise<string> {
    const id = await context.past.charge(NOON, state, 430);
    await context.database.query(
      'UPDATE order_placements SET refund_reserved_cents = total_cents WHERE id = $1',
      [id],
    );
    return id;
  }

  it('are none if both sides agree', async () => {
    const id = await context.past.order(NOON);

    expect(await context.reconcile([charge(id)])).toMatchObject({
      found: [],
      findings: [],
      isExplained: true,
      charges: { there: { count: 1, cents: 430 }, here: { count: 1, cents: 430 } },
    });
  });

  it('show both sides', async () => {
    const id = await context.past.order(NOON);

    const { found: findings, ...totals } = await context.reconcile([
      charge(id, 400, '2026-03-10T12:00:01Z'),
      charge(KEY, 70),
    ]);

    expect(findings).toEqual([
      {
        code: 'charge_forgotten',
        kind: 'charge',
        key: KEY,
        chargeKey: null,
        orderId: null,
        there: { cents: 70, time: new Date(NOON), line: 3 },
        here: null,
      },
      {
        code: 'charge_amount_differs',
        kind: 'charge',
        key: id,
        chargeKey: null,
        orderId: id,
        there: { cents: 400, time: new Date('2026-03-10T12:00:01Z'), line: 2 },
        here: { cents: 430, time: new Date(NOON), state: 'placed' },
      },
    ]);
    expect(totals).toMatchObject({
      charges: { there: { count: 2, cents: 470 }, here: { count: 1, cents: 430 } },
      findings: [
        { code: 'charge_forgotten', count: 1, effectCents: 70 },
        { code: 'charge_amount_differs', count: 1, effectCents: -30 },
      ],
    });
  });

  it.each(['no id', KEY])('name a charge of the key %s that the database does not know', async (key) => {
    expect(await found([charge(key)])).toEqual([['charge_forgotten', key]]);
  });

  it('are only a note if a forgotten charge was refunded in full', async () => {
    expect(await found([charge(KEY), refund('by hand', KEY)])).toEqual([
      ['charge_forgotten_refunded', KEY],
      ['refund_without_order', 'by hand'],
    ]);
  });

  it('are a difference if a forgotten charge was refunded in part', async () => {
    expect(await found([charge(KEY), refund('by hand', KEY, 429)])).toEqual([
      ['charge_forgotten', KEY],
      ['refund_without_order', 'by hand'],
    ]);
  });

  it.each<PlacementState>(['declined', 'unsent'])('name a charge that is %s here', async (state) => {
    const id = await context.past.charge(NOON, state, 430);

    expect(await found([charge(id)])).toEqual([['charge_refused', id]]);
    expect(await found([charge(id), refund('by hand', id)])).toEqual([
      ['charge_refused_refunded', id],
      ['refund_without_order', 'by hand'],
    ]);
    expect(await found([])).toEqual([]);
  });

  it.each<PlacementState>(['charging', 'unknown', 'declined_unconfirmed'])(
    'are open if the charge is %s here',
    async (state) => {
      const id = await context.past.charge(NOON, state, 430);

      expect(await found([charge(id)])).toEqual([['charge_unconfirmed', id]]);
      expect(await found([])).toEqual([['charge_unanswered', id]]);
    },
  );

  it('are none for a late charge whose refund is on its way', async () => {
    expect(await found([charge(await reserved('refund_due'))])).toEqual([]);
  });

  it('are open for a late charge whose refund was rejected', async () => {
    const id = await context.past.charge(NOON, 'refund_due', 430);

    expect(await found([charge(id)])).toEqual([['charge_waits_for_refund', id]]);
  });

  it('are none for a late charge that was refunded', async () => {
    const id = await reserved('declined');
    const refundId = await context.past.refund(id, { cents: 430, at: NOON });

    expect(await found([charge(id), refund(refundId, id)])).toEqual([]);
  });

  it('name several charges of one key', async () => {
    const id = await context.past.order(NOON);

    expect(await found([charge(id), charge(id)])).toEqual([['charged_twice', id]]);
  });

  it('name an order without a charge', async () => {
    const id = await context.past.order(NOON);

    expect(await found([])).toEqual([['charge_missing', id]]);
  });

  it.each([MORNING, EVENING])('are only a note for an order at the edge of the period, at %s', async (at) => {
    const id = await context.past.order(at);

    expect(await found([])).toEqual([['charge_outside_period', id]]);
  });

  it('are none for an order of another day', async () => {
    await context.past.order('2026-03-09T12:00:00Z');
    const id = await context.past.order(NOON);

    expect(await found([charge(id)])).toEqual([]);
    expect(await found([charge(id)], {})).toEqual([]);
  });

  it('are none for an order of 0 cents, which is not charged', async () => {
    await context.past.order(NOON, [{ unitCents: 0 }]);

    expect(await found([])).toEqual([]);
  });

  it('name an order without its payment', async () => {
    const id = await context.past.order(NOON);
    await context.database.query('DELETE FROM payments');

    expect(await found([charge(id)])).toEqual([['payment_differs', id]]);
  });

  it('name a payment of another amount', async () => {
    const id = await context.past.order(NOON);
    await context.database.query('UPDATE payments SET amount_cents = 1');

    expect(await found([charge(id)])).toEqual([['payment_differs', id]]);
  });

  it('name an order without a placement', async () => {
    const id = await context.past.order(NOON);
    await context.database.query('DELETE FROM order_placements');

    expect(await found([])).toEqual([['order_without_placement', id]]);
  });

  it('need a period if the statement is empty', async () => {
    await expect(context.reconcile([], {})).rejects.toThrow('give its period with --from and --to');
  });
});
