import { randomUUID } from 'node:crypto';
import { charge, NOON, ReconciliationContext, refund } from '../../test/support/reconciliation.js';
import type { Row } from '../../test/support/statement.js';
import type { RefundState } from '#refunds';
import type { FindingCode } from './findings.js';

const EVENING = '2026-03-10T23:58:00Z';
const KEY = randomUUID();

describe('the findings of refunds', () => {
  let context: ReconciliationContext;
  /** An order of 430 cents. */
  let order: string;

  beforeAll(async () => {
    context = await ReconciliationContext.start();
  });
  afterAll(() => context.close());
  beforeEach(async () => {
    await context.clear();
    order = await context.past.order(NOON);
  });

  /** Adds the charge to the rows. Returns the codes and keys of the findings. */
  function found(...refunds: Row[]): Promise<string[][]> {
    return context.findings([charge(order), ...refunds]);
  }

  function storedRefund(cents: number, state: RefundState = 'refunded', at = NOON): Promise<string> {
    return context.past.refund(order, { cents, state, at });
  }

  /** Records that a manager has made the refund at the provider. */
  async function resolve(id: string): Promise<void> {
    await context.database.query(
      `INSERT INTO refund_resolutions (id, refund_id, outcome, note, resolved_by)
       SELECT gen_random_uuid(), $1, 'refunded', 'by hand', id FROM users WHERE email = 'manager@example.com'`,
      [id],
    );
  }

  it('are none if the statement has what the database has', async () => {
    const [one, other] = [await storedRefund(100), await storedRefund(200)];

    expect(
      await context.reconcile([charge(order), refund(one, order, 100), refund(other, order, 200)]),
    ).toMatchObject({
      found: [],
      refunds: { provider: { count: 2, cents: 300 }, stored: { count: 2, cents: 300 } },
    });
  });

  it.each(['no id', KEY])('name a refund of the key %s that the database does not know', async (key) => {
    expect(await found(refund(key, order))).toEqual([['refund_forgotten', key]]);
  });

  it('name a forgotten refund of a charge that is in neither of them', async () => {
    expect(await found(refund(KEY, randomUUID()))).toEqual([['refund_forgotten', KEY]]);
  });

  it('are none for a refund that a manager made at the provider', async () => {
    await resolve(await storedRefund(100));

    expect(await found(refund('by hand', order, 100))).toEqual([]);
  });

  it('name the second of two equal refunds at the provider if one was recorded', async () => {
    await resolve(await storedRefund(100));

    expect(await found(refund('b', order, 100), refund('a', order, 100))).toEqual([
      ['refund_forgotten', 'b'],
    ]);
  });

  it.each([
    ['another amount', (id: string) => resolve(id), 99],
    ['no resolution', async () => undefined, 100],
  ])('name both refunds that differ in their keys, with %s', async (_, prepare, cents) => {
    const id = await storedRefund(100);
    await prepare(id);

    expect(await found(refund('by hand', order, cents))).toEqual([
      ['refund_forgotten', 'by hand'],
      ['refund_missing', id],
    ]);
  });

  it('name a refund that was made and is rejected in the database', async () => {
    const id = await storedRefund(100, 'rejected');

    expect(await found(refund(id, order, 100))).toEqual([['refund_rejected', id]]);
    expect(await found()).toEqual([]);
  });

  it.each<RefundState>(['pending', 'sending', 'unknown'])(
    'are open if it is %s in the database',
    async (state) => {
      const id = await storedRefund(100, state);

      expect(await found(refund(id, order, 100))).toEqual([['refund_unconfirmed', id]]);
    },
  );

  it.each<[state: RefundState, code: FindingCode]>([
    ['pending', 'refund_pending'],
    ['sending', 'refund_unanswered'],
    ['unknown', 'refund_unanswered'],
  ])('tell one that is %s and not in the statement from the others by %s', async (state, code) => {
    const id = await storedRefund(100, state);

    expect(await found()).toEqual([[code, id]]);
  });

  it('name several refunds of one key', async () => {
    const id = await storedRefund(100);

    expect(await found(refund(id, order, 100), refund(id, order, 100))).toEqual([['refunded_twice', id]]);
  });

  it('name a refund of another amount', async () => {
    const id = await storedRefund(100);

    expect(await found(refund(id, order, 99))).toEqual([['refund_amount_differs', id]]);
  });

  it('name a refund of another charge', async () => {
    const id = await storedRefund(100);

    expect(await found(refund(id, randomUUID(), 100))).toEqual([['refund_charge_differs', id]]);
  });

  it('name a refund that the statement does not have', async () => {
    const id = await storedRefund(100);

    expect(await found()).toEqual([['refund_missing', id]]);
  });

  it('are open for a refund at the edge of the period', async () => {
    const id = await storedRefund(100, 'refunded', EVENING);

    expect(await found()).toEqual([['refund_outside_period', id]]);
  });

  it('name refunds that are more than their charge', async () => {
    const id = await storedRefund(430);

    expect(await found(refund(id, order), refund(KEY, order, 1))).toEqual([
      ['refund_forgotten', KEY],
      ['refunds_exceed_charge', order],
    ]);
  });
});
