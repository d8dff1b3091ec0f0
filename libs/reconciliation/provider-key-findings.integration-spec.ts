import { charge, NOON, ReconciliationContext, refund } from '../../test/support/reconciliation.js';

const A_WEEK_BEFORE = '2026-03-03T12:00:00Z';
const LATER = '2026-03-10T12:00:01Z';

describe('the findings of charges whose key is not the id of their placement', () => {
  let context: ReconciliationContext;

  beforeAll(async () => {
    context = await ReconciliationContext.start();
  });
  afterAll(() => context.close());
  beforeEach(() => context.clear());

  /** Returns the ids of an order and of its placement, which are the same, and the key of its charge. */
  async function order(at = NOON, sharedKey?: string): Promise<{ id: string; key: string }> {
    const id = await context.past.order(at);
    return { id, key: await context.past.setProviderKey(id, sharedKey) };
  }

  it('are none if the statement has the charge with its key', async () => {
    const { key } = await order();

    expect(await context.reconcile([charge(key)])).toMatchObject({
      found: [],
      isExplained: true,
      charges: { provider: { count: 1, cents: 430 }, stored: { count: 1, cents: 430 } },
    });
  });

  it('name the key and the placement', async () => {
    const { id, key } = await order();

    const { found } = await context.reconcile([charge(key, 400)]);

    expect(found).toMatchObject([{ code: 'charge_amount_differs', key, placementId: id, orderId: id }]);
  });

  it('name a charge with the id, which is not its key', async () => {
    const { id, key } = await order();

    expect(await context.findings([charge(id)])).toEqual([
      ['charge_forgotten', id],
      ['charge_missing', key],
    ]);
  });

  it.each([
    ['the day before the statement', '2026-03-09T23:59:00Z'],
    ['a week before the statement', A_WEEK_BEFORE],
  ])('are none for a charge that was begun %s', async (_, at) => {
    const { key } = await order(at);

    expect(await context.findings([charge(key)])).toEqual([]);
  });

  it('compare a refund of an older charge by the key of the charge', async () => {
    const { id, key } = await order(A_WEEK_BEFORE);
    const refundId = await context.past.refund(id, { cents: 100, at: NOON });

    expect(await context.findings([refund(refundId, key, 100)])).toEqual([]);
    expect(await context.findings([refund(refundId, id, 100)])).toEqual([
      ['refund_charge_differs', refundId],
    ]);
  });

  it('match a refund by hand of an older charge by the key of the charge', async () => {
    const { id, key } = await order(A_WEEK_BEFORE);
    const refundId = await context.past.refund(id, { cents: 100, at: NOON });
    await context.database.query(
      `INSERT INTO refund_resolutions (id, refund_id, outcome, note, resolved_by)
       SELECT gen_random_uuid(), $1, 'refunded', 'by hand', id FROM users WHERE email = 'manager@example.com'`,
      [refundId],
    );

    expect(await context.findings([refund('by hand', key, 100)])).toEqual([]);
  });

  it('are none for the charge of an attempt after one that was not sent', async () => {
    const { id, key } = await order();
    await context.past.setProviderKey(await context.past.charge(NOON, 'unsent', 430), key);

    expect(await context.findings([charge(key)])).toEqual([]);
    expect(await context.reconcile([])).toMatchObject({
      found: [{ code: 'charge_missing', key, placementId: id }],
      isExplained: true,
    });
  });

  it('name one charge of two attempts that were not sent', async () => {
    const first = await context.past.charge(NOON, 'unsent', 430);
    const key = await context.past.setProviderKey(first);
    await context.past.setProviderKey(await context.past.charge(LATER, 'unsent', 430), key);

    expect(await context.findings([charge(key)])).toEqual([['charge_refused', key]]);
    expect(await context.findings([])).toEqual([]);
  });

  it('are none for two orders of one key that were charged twice', async () => {
    const { key } = await order();
    await order(LATER, key);

    expect(await context.reconcile([charge(key), charge(key)])).toMatchObject({
      found: [],
      isExplained: true,
      charges: { provider: { count: 2, cents: 860 }, stored: { count: 2, cents: 860 } },
    });
  });

  it('name two orders of one key that were charged once', async () => {
    const { key } = await order();
    await order(LATER, key);

    expect(await context.findings([charge(key)])).toEqual([['charge_shared', key]]);
  });

  it('name the refunds of two orders that were charged once', async () => {
    const { id, key } = await order();
    const { id: second } = await order(LATER, key);
    const [one, other] = [await givenBack(id), await givenBack(second)];

    const rows = [charge(key), refund(one, key), refund(other, key)];

    expect(await context.findings(rows)).toEqual([
      ['charge_shared', key],
      ['refunds_exceed_charge', key],
    ]);
  });

  function givenBack(id: string): Promise<string> {
    return context.past.refund(id, { cents: 430, at: NOON });
  }
});
