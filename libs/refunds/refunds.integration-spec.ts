import { newId, Transactions, type Tx } from '#database';
import { eventually } from '../../test/support/eventually.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import type { RefundState } from './refund-state.js';
import type { Refund } from './refund.entity.js';
import { RefundsRepository } from './refunds.repository.js';

const HOUR_MS = 3_600_000;
const RESEND_WITHIN_MS = 12 * HOUR_MS;
const CENTS = 300;
/** More than the rows of this suite. */
const LIMIT = 100;

describe('the refunds repository', () => {
  let app: TestApp;
  let customerId: string;
  let refunds: RefundsRepository;

  beforeAll(async () => {
    app = await TestApp.start();
    customerId = (await app.customer()).id;
    refunds = app.api.get(RefundsRepository, { strict: false });
  });
  afterAll(() => app.close());

  /** Writes a charge that became no order, and its refund. */
  async function request(): Promise<Refund> {
    const placementId = newId();
    await app.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, settled_at)
       VALUES ($1, $1, $1, $2, $3, '{}', 'test', 'refund_due', now())`,
      [placementId, customerId, CENTS],
    );
    const refund = {
      amountCents: null,
      reason: 'other',
      note: null,
      requestedBy: null,
      ...TEST_CONTEXT,
    } as const;
    const result = await app.api
      .get(Transactions)
      .run((tx) => refunds.requestForPlacement(placementId, refund, tx));
    if (!result?.refund) throw new Error('The refund was not written');
    return result.refund;
  }

  /** Makes the refund one whose sender is gone since its lease ended. */
  async function interrupt({ id }: Refund, since: string): Promise<void> {
    await app.database.query(
      `UPDATE refunds SET state = 'sending', attempts = 1, due_at = now() - $2::interval WHERE id = $1`,
      [id, since],
    );
  }

  it('claims an interrupted refund, which is uncertain since its lease ended', async () => {
    const refund = await request();
    await interrupt(refund, '2 hours');
    const interrupted = await refunds.find(refund.id);

    const claimed = await refunds.claim(LIMIT, HOUR_MS, RESEND_WITHIN_MS);

    expect(claimed.find(({ id }) => id === refund.id)).toMatchObject({
      state: 'sending',
      uncertainSince: interrupted?.dueAt,
    });
  });

  it('leaves a refund that was interrupted thirteen hours ago to the managers', async () => {
    const refund = await request();
    await interrupt(refund, '13 hours');

    const claimed = await refunds.claim(LIMIT, HOUR_MS, RESEND_WITHIN_MS);
    await refunds.escalateDue(LIMIT, RESEND_WITHIN_MS);

    expect(claimed.map(({ id }) => id)).not.toContain(refund.id);
    expect(await refunds.find(refund.id)).toMatchObject({ state: 'unknown', dueAt: null });
  });

  it('keeps the first failure and the last status code of an unknown refund', async () => {
    const refund = await request();
    await interrupt(refund, '0');
    await refunds.leaveOpen({ id: refund.id, attempts: 1 }, 'unknown', {
      failure: 'answered 500',
      status: 500,
      retryInMs: 0,
    });
    await refunds.claim(LIMIT, HOUR_MS, RESEND_WITHIN_MS);

    const timeout = { failure: 'timeout', status: null, retryInMs: 0 };
    await refunds.leaveOpen({ id: refund.id, attempts: 2 }, 'unknown', timeout);

    expect(await refunds.find(refund.id)).toMatchObject({ failure: 'answered 500', responseStatusCode: 500 });
  });

  /** Runs `work` while a send of the refund ends in this state: it ends once `work` waits for it. */
  async function whileSendEnds<Result>(
    { id }: Refund,
    state: RefundState,
    work: (tx: Tx) => Promise<Result>,
  ): Promise<Result> {
    const transactions = app.api.get(Transactions);
    return transactions
      .run(async (tx) => {
        await tx.query('UPDATE refunds SET state = $2 WHERE id = $1', [id, state]);
        const waiting = transactions.run(work);
        await eventually('the work to wait for the send', async () => {
          const [row] = await app.database.query<{ count: number }>(
            `SELECT count(*)::int FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return row?.count === 1;
        });
        return { waiting };
      })
      .then(({ waiting }) => waiting);
  }

  it('withdraws a refund whose send ends meanwhile', async () => {
    const refund = await request();
    await interrupt(refund, '0');

    const isWithdrawn = await whileSendEnds(refund, 'pending', (tx) =>
      refunds.withdraw(refund.placementId, tx),
    );

    expect(isWithdrawn).toBe(true);
    expect(await refunds.find(refund.id)).toMatchObject({ state: 'rejected' });
  });

  it('settles a refund whose send ends meanwhile, and returns the state in which that left it', async () => {
    const refund = await request();
    await interrupt(refund, '0');
    const manager = { from: ['unknown'], answer: null } as const;

    const former = await whileSendEnds(refund, 'unknown', (tx) =>
      refunds.settle(refund.id, 'refunded', manager, tx),
    );

    expect(former).toBe('unknown');
    expect(await refunds.find(refund.id)).toMatchObject({ state: 'refunded' });
  });
});
