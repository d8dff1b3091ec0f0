import { newId, Transactions } from '#database';
import { allowedPairs, forbiddenPairs, ignore, ObservedTransitions } from '../../test/support/state-pairs.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import type { NewPlacement } from './placement-attempt.js';
import {
  PLACEMENT_STATES,
  PLACEMENT_TRANSITIONS,
  type PlacementState,
  type ResolutionOutcome,
} from './placement-state.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';
import { PlacementNotResolvable } from './placements.errors.js';
import { ResolutionsService } from './resolutions.service.js';

const ANSWER = { status: 200, body: {} };
const HOUR_MS = 3_600_000;
/** More than the rows of this suite, so that a claim includes the row under test. */
const LIMIT = 10_000;
const LEASES = [
  { lease: 'no lease', leaseSeconds: null },
  { lease: 'an expired lease', leaseSeconds: -60 },
  { lease: 'a valid lease', leaseSeconds: 60 },
];
const ATTEMPTS = [1, 2];

type Row = NewPlacement & Pick<Placement, 'attempt' | 'number'>;
type Operation = 'resolve' | keyof PlacementTransitionsRepository;

describe('the state of a placement', () => {
  let app: TestApp;
  let customerId: string;
  let managerId: string;
  let transitions: PlacementTransitionsRepository;
  let resolutions: ResolutionsService;
  const observed = new ObservedTransitions<PlacementState>();

  /** Each way to run each operation on a row. The type demands every method that writes. */
  const operations: Record<Operation, ((row: Row) => Promise<unknown>)[]> = {
    begin: [(row) => transitions.begin(row, HOUR_MS, null)],
    restore: [(row) => transitions.restore(row, HOUR_MS, true)],
    settleApproved: [
      ({ id }) => transitions.settleApproved(id, ANSWER),
      ({ id }) => transitions.settleApproved(id, null),
    ],
    settleDeclined: [
      ({ id }) => transitions.settleDeclined(id, ANSWER, 'declined'),
      ({ id }) => transitions.settleDeclined(id, ANSWER, 'declined_unconfirmed'),
    ],
    markUnknown: [
      (row) => transitions.markUnknown(row, 'reset', HOUR_MS),
      (row) => transitions.markUnknown(row, 'reset', null),
    ],
    markUnsent: [(row) => transitions.markUnsent(row, 'refused')],
    recordLateCharge: [
      ({ id }) => app.api.get(Transactions).run((tx) => transitions.recordLateCharge(id, ANSWER, tx)),
    ],
    reclaim: [({ id }) => transitions.reclaim(id, HOUR_MS)],
    claimExpired: [() => transitions.claimExpired(LIMIT, HOUR_MS, HOUR_MS)],
    escalateExpired: [() => transitions.escalateExpired(LIMIT, 0)],
    resolve: [({ id }) => resolve(id, 'charged'), ({ id }) => resolve(id, 'not_charged')],
  };

  beforeAll(async () => {
    app = await TestApp.start();
    [customerId, managerId] = [(await app.customer()).id, (await app.manager()).id];
    transitions = app.api.get(PlacementTransitionsRepository, { strict: false });
    resolutions = app.api.get(ResolutionsService, { strict: false });
    for (const from of PLACEMENT_STATES)
      for (const [operation, ways] of Object.entries(operations))
        for (const run of ways)
          for (const attempt of ATTEMPTS)
            for (const { lease, leaseSeconds } of LEASES) {
              const row = await begin();
              await put(row, from, attempt, leaseSeconds);
              await run({ ...row, attempt });
              observed.add(from, await stateOf(row), `${operation} of attempt ${attempt} with ${lease}`);
            }
  });
  afterAll(() => app.close());

  it('is charging at first', async () => {
    expect(await stateOf(await begin())).toBe('charging');
  });

  it.each(allowedPairs(PLACEMENT_TRANSITIONS))('moves from $from to $to', (pair) => {
    expect(observed.between(pair)).not.toEqual([]);
  });

  it.each(forbiddenPairs(PLACEMENT_TRANSITIONS))('never moves from $from to $to', (pair) => {
    expect(observed.between(pair)).toEqual([]);
  });

  async function begin(): Promise<Omit<Row, 'attempt'>> {
    const ids = { id: newId(), orderId: newId(), paymentId: newId(), customerId };
    const row = {
      ...ids,
      providerKey: null,
      totalCents: 0,
      draft: { items: [], metadata: null },
      ...TEST_CONTEXT,
    };
    const begun = await transitions.begin(row, HOUR_MS, null);
    if (typeof begun === 'string') throw new Error(`The placement did not begin: ${begun}`);
    return { ...row, ...begun };
  }

  /** Resolves the placement, or does nothing if its state does not allow that. */
  async function resolve(id: string, outcome: ResolutionOutcome): Promise<void> {
    const resolution = {
      outcome,
      note: 'seen in the dashboard',
      resolvedBy: { id: managerId, role: 'manager', ...TEST_CONTEXT },
    } as const;
    await resolutions.resolve(id, resolution).catch(ignore(PlacementNotResolvable));
  }

  async function put(
    { id }: NewPlacement,
    state: PlacementState,
    attempt: number,
    leaseSeconds: number | null,
  ): Promise<void> {
    await app.database.query(
      `UPDATE order_placements
          SET state = $2::placement_state, attempt = $3, lease_expires_at = now() + make_interval(secs => $4),
              settled_at = CASE WHEN $2::placement_state NOT IN ('charging', 'unknown', 'unsent') THEN now() END
        WHERE id = $1`,
      [id, state, attempt, leaseSeconds],
    );
  }

  async function stateOf({ id }: NewPlacement): Promise<PlacementState> {
    const [row] = await app.database.query<{ state: PlacementState }>(
      'SELECT state FROM order_placements WHERE id = $1',
      [id],
    );
    if (!row) throw new Error(`Placement ${id} vanished`);
    return row.state;
  }
});
