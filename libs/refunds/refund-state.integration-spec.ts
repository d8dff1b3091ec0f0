import { newId, Transactions, type Tx } from '#database';
import type { Actor } from '#users';
import { allowedPairs, forbiddenPairs, ignore, ObservedTransitions } from '../../test/support/state-pairs.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import {
  OPEN_STATES,
  REFUND_STATES,
  REFUND_TRANSITIONS,
  type RefundResolutionOutcome,
  type RefundState,
} from './refund-state.js';
import { RefundResolutionsService } from './refund-resolutions.service.js';
import { RefundNotResolvable } from './refunds.errors.js';
import { RefundsRepository, type NewRefund, type RequestResult } from './refunds.repository.js';

const ANSWER = { status: 200, body: {} };
const CENTS = 430;
const HOUR_MS = 3_600_000;
/** More than the rows of this suite, so that a claim includes the row under test. */
const LIMIT = 10_000;
/** Seconds until a refund is due; null if it is for a manager. */
const DUE_IN = [null, -60, 60];

interface Row {
  id: string;
  placementId: string;
}
type Operation =
  | 'resolve'
  | Exclude<
      keyof RefundsRepository,
      'findByKey' | 'find' | 'ofOrder' | 'list' | 'requestForOrder' | 'requestForPlacement'
    >;

describe.each([
  ['with PAYMENT_REFUND_URL', 'http://127.0.0.1:9/refund'],
  ['without PAYMENT_REFUND_URL', ''],
])('the state of a refund, %s', (_, refundUrl) => {
  let app: TestApp;
  let customerId: string;
  let manager: Actor;
  let refunds: RefundsRepository;
  let service: RefundResolutionsService;
  const observed = new ObservedTransitions<RefundState>();

  /** Each way to run each operation on a row. The type demands every method that changes a refund. */
  const operations: Record<Operation, ((row: Row) => Promise<unknown>)[]> = {
    claim: [() => refunds.claim(LIMIT, HOUR_MS, HOUR_MS), () => refunds.claim(LIMIT, HOUR_MS, 0)],
    escalateDue: [() => refunds.escalateDue(LIMIT, HOUR_MS), () => refunds.escalateDue(LIMIT, 0)],
    settle: [
      ({ id }) => refunds.settle(id, 'refunded', { from: OPEN_STATES, answer: ANSWER }),
      ({ id }) => refunds.settle(id, 'rejected', { from: OPEN_STATES, answer: ANSWER, attempt: 1 }),
    ],
    leaveOpen: [
      ({ id }) => leaveOpen(id, 'pending', HOUR_MS),
      ({ id }) => leaveOpen(id, 'unknown', HOUR_MS),
      ({ id }) => leaveOpen(id, 'unknown', null),
    ],
    withdraw: [({ placementId }) => inTransaction((tx) => refunds.withdraw(placementId, tx))],
    resolve: [({ id }) => resolve(id, 'refunded'), ({ id }) => resolve(id, 'not_refunded')],
  };

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_REFUND_URL: refundUrl });
    customerId = (await app.customer()).id;
    manager = { id: (await app.manager()).id, role: 'manager', ...TEST_CONTEXT };
    refunds = app.api.get(RefundsRepository, { strict: false });
    service = app.api.get(RefundResolutionsService, { strict: false });
    for (const from of REFUND_STATES)
      for (const [operation, ways] of Object.entries(operations))
        for (const run of ways)
          for (const attempts of [1, 2])
            for (const dueIn of DUE_IN) {
              const row = await request();
              await put(row, from, attempts, dueIn);
              await run(row);
              observed.add(
                from,
                await stateOf(row),
                `${operation} after ${attempts} sends, due in ${dueIn} s`,
              );
            }
  });
  afterAll(() => app.close());

  it('is pending at first', async () => {
    expect(await stateOf(await request())).toBe('pending');
  });

  it.each(allowedPairs(REFUND_TRANSITIONS))('moves from $from to $to', (pair) => {
    expect(observed.between(pair)).not.toEqual([]);
  });

  it.each(forbiddenPairs(REFUND_TRANSITIONS))('never moves from $from to $to', (pair) => {
    expect(observed.between(pair)).toEqual([]);
  });

  it('is only resolved before a send if there is no provider', () => {
    const pairs = (['refunded', 'rejected'] as const).map((to) => ({ from: 'pending', to }) as const);
    const resolved = pairs.filter((pair) =>
      observed.between(pair).some((name) => name.startsWith('resolve')),
    );

    expect(resolved).toEqual(refundUrl === '' ? pairs : []);
  });

  it('is reserved of its charge unless it is rejected', async () => {
    const wrong = await app.database.query(
      `SELECT p.id FROM order_placements p
        WHERE p.refund_reserved_cents <> (
              SELECT coalesce(sum(amount_cents), 0) FROM refunds WHERE placement_id = p.id AND state <> 'rejected')`,
    );

    expect(wrong).toEqual([]);
  });

  function refundOf(amountCents: number | null): NewRefund {
    return { amountCents, reason: 'other', note: null, requestedBy: null, ...TEST_CONTEXT };
  }

  /** Writes a charge that became no order, and its refund. */
  async function request(): Promise<Row> {
    const placementId = newId();
    await app.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, settled_at)
       VALUES ($1, $1, $1, $2, $3, '{}', 'test', 'refund_due', now())`,
      [placementId, customerId, CENTS],
    );
    const result = await requestDue(placementId, CENTS);
    if (!result?.refund) throw new Error('The refund was not written');
    return { id: result.refund.id, placementId };
  }

  function requestDue(placementId: string, amountCents: number | null): Promise<RequestResult> {
    return inTransaction((tx) => refunds.requestForPlacement(placementId, refundOf(amountCents), tx));
  }

  function inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return app.api.get(Transactions).run(work);
  }

  function leaveOpen(id: string, state: 'pending' | 'unknown', retryInMs: number | null): Promise<void> {
    return refunds.leaveOpen({ id, attempts: 1 }, state, { failure: 'reset', status: null, retryInMs });
  }

  /** Resolves the refund, or does nothing if its state does not allow that. */
  async function resolve(id: string, outcome: RefundResolutionOutcome): Promise<void> {
    const resolution = { outcome, note: 'seen in the dashboard', resolvedBy: manager };
    await service.resolve(id, resolution).catch(ignore(RefundNotResolvable));
  }

  async function put({ id }: Row, state: RefundState, attempts: number, dueIn: number | null): Promise<void> {
    await app.database.query(
      `WITH r AS (
         UPDATE refunds SET state = $2::refund_state, attempts = $3, due_at = now() + make_interval(secs => $4),
                settled_at = CASE WHEN $2::refund_state IN ('refunded', 'rejected') THEN created_at END
          WHERE id = $1 RETURNING *)
       UPDATE order_placements p SET refund_reserved_cents = CASE r.state WHEN 'rejected' THEN 0 ELSE r.amount_cents END
         FROM r WHERE p.id = r.placement_id`,
      [id, state, attempts, dueIn],
    );
  }

  async function stateOf({ id }: Row): Promise<RefundState> {
    const sql = 'SELECT state FROM refunds WHERE id = $1';
    const [row] = await app.database.query<{ state: RefundState }>(sql, [id]);
    if (!row) throw new Error(`Refund ${id} vanished`);
    return row.state;
  }
});
