import { randomUUID } from 'node:crypto';
import { charge, NOON, ReconciliationContext, refund } from '../../test/support/reconciliation.js';
import type { PlacementState } from '#placements';

const KEY = randomUUID();

describe('the findings of charges in the statement', () => {
  let context: ReconciliationContext;

  beforeAll(async () => {
    context = await ReconciliationContext.start();
  });
  afterAll(() => context.close());
  beforeEach(() => context.clear());

  /** Returns the id of a placement whose refunds are not rejected. */
  async function reserved(state: PlacementState): Promise<string> {
    const id = await context.past.charge(NOON, state, 430);
    await context.database.query(
      'UPDATE order_placements SET refund_reserved_cents = total_cents WHERE id = $1',
      [id],
    );
    return id;
  }

  it('are none if the statement has what the database has', async () => {
    const id = await context.past.order(NOON);

    expect(await context.reconcile([charge(id)])).toMatchObject({
      found: [],
      findings: [],
      isExplained: true,
      charges: { provider: { count: 1, cents: 430 }, stored: { count: 1, cents: 430 } },
    });
  });

  it.each([
    ['before', { from: new Date('2025-03-10T00:00:00Z'), to: new Date('2025-03-11T00:00:00Z') }],
    ['after', { from: new Date('2027-03-10T00:00:00Z'), to: new Date('2027-03-11T00:00:00Z') }],
  ])('are not looked for in a period %s the statement', async (_, period) => {
    await context.past.order(NOON);

    await expect(context.reconcile([charge(KEY)], period)).rejects.toThrow(
      'No row of the statement is in the period',
    );
  });

  it('show what the provider and the database have', async () => {
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
        placementId: null,
        orderId: null,
        provider: { cents: 70, time: new Date(NOON), line: 3 },
        stored: null,
      },
      {
        code: 'charge_amount_differs',
        kind: 'charge',
        key: id,
        chargeKey: null,
        placementId: id,
        orderId: id,
        provider: { cents: 400, time: new Date('2026-03-10T12:00:01Z'), line: 2 },
        stored: { cents: 430, time: new Date(NOON), state: 'placed' },
      },
    ]);
    expect(totals).toMatchObject({
      charges: { provider: { count: 2, cents: 470 }, stored: { count: 1, cents: 430 } },
      findings: [
        { code: 'charge_forgotten', count: 1, effectCents: 70 },
        { code: 'charge_amount_differs', count: 1, effectCents: -30 },
      ],
    });
  });

  it.each(['no id', KEY])('name a charge of the key %s that the database does not know', async (key) => {
    expect(await context.findings([charge(key)])).toEqual([['charge_forgotten', key]]);
  });

  it('are only a note if a forgotten charge was refunded in full', async () => {
    expect(await context.findings([charge(KEY), refund('by hand', KEY)])).toEqual([
      ['charge_forgotten_refunded', KEY],
      ['refund_without_order', 'by hand'],
    ]);
  });

  it('are a difference if a forgotten charge was refunded in part', async () => {
    expect(await context.findings([charge(KEY), refund('by hand', KEY, 429)])).toEqual([
      ['charge_forgotten', KEY],
      ['refund_without_order', 'by hand'],
    ]);
  });

  it.each<PlacementState>(['declined', 'unsent'])(
    'name a charge that is %s in the database',
    async (state) => {
      const id = await context.past.charge(NOON, state, 430);

      expect(await context.findings([charge(id)])).toEqual([['charge_refused', id]]);
      expect(await context.findings([charge(id), refund('by hand', id)])).toEqual([
        ['charge_refused_refunded', id],
        ['refund_without_order', 'by hand'],
      ]);
    },
  );

  it.each<PlacementState>(['charging', 'unknown', 'declined_unconfirmed'])(
    'are open if the charge is %s in the database',
    async (state) => {
      const id = await context.past.charge(NOON, state, 430);

      expect(await context.findings([charge(id)])).toEqual([['charge_unconfirmed', id]]);
    },
  );

  it('are none for a late charge whose refund is on its way', async () => {
    expect(await context.findings([charge(await reserved('refund_due'))])).toEqual([]);
  });

  it('are open for a late charge whose refund was rejected', async () => {
    const id = await context.past.charge(NOON, 'refund_due', 430);

    expect(await context.findings([charge(id)])).toEqual([['charge_waits_for_refund', id]]);
  });

  it('are none for a late charge that was refunded', async () => {
    const id = await reserved('declined');
    const refundId = await context.past.refund(id, { cents: 430, at: NOON });

    expect(await context.findings([charge(id), refund(refundId, id)])).toEqual([]);
  });

  it('name several charges of one key', async () => {
    const id = await context.past.order(NOON);

    expect(await context.findings([charge(id), charge(id)])).toEqual([['charged_twice', id]]);
  });

  it('name an order without its payment', async () => {
    const id = await context.past.order(NOON);
    await context.database.query('DELETE FROM payments');

    expect(await context.findings([charge(id)])).toEqual([['payment_differs', id]]);
  });

  it('name a payment of another amount', async () => {
    const id = await context.past.order(NOON);
    await context.database.query('UPDATE payments SET amount_cents = 1');

    expect(await context.findings([charge(id)])).toEqual([['payment_differs', id]]);
  });
});
