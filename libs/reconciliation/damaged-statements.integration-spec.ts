import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { charge, NOON, ReconciliationContext, refund } from '../../test/support/reconciliation.js';
import type { Row } from '../../test/support/statement.js';

/** `RECONCILIATION_RUNS=500` for a long run. */
const RUNS = Number(process.env.RECONCILIATION_RUNS ?? 25);
/** Fixed by default, so that only a change of the code changes the result. */
const SEED = Number(process.env.RECONCILIATION_SEED ?? 20261130);
const ORDERS = 8;
const CHARGED = 430;
const REFUNDED = 100;

/** What a damage makes of a row, and the codes of its findings. */
type Damage = [rows: (row: Row) => Row[], codes: string[]];

const CHARGE_DAMAGES: Damage[] = [
  [() => [], ['charge_missing']],
  [(row) => [row, row], ['charged_twice']],
  [(row) => [{ ...row, valueCents: CHARGED + 1 }], ['charge_amount_differs']],
  [(row) => [{ ...row, key: randomUUID() }], ['charge_forgotten', 'charge_missing']],
];
const REFUND_DAMAGES: Damage[] = [
  [() => [], ['refund_missing']],
  [(row) => [row, row], ['refunded_twice']],
  [(row) => [{ ...row, valueCents: REFUNDED - 1 }], ['refund_amount_differs']],
  [(row) => [{ ...row, key: randomUUID() }], ['refund_forgotten', 'refund_missing']],
  [(row) => [{ ...row, chargeKey: randomUUID() }], ['refund_charge_differs']],
];
const NONE: Damage = [(row) => [row], []];

const damages = fc.record({
  charge: fc.constantFrom(NONE, ...CHARGE_DAMAGES),
  refund: fc.constantFrom(NONE, ...REFUND_DAMAGES),
});

describe('the comparison with a damaged statement', () => {
  let context: ReconciliationContext;
  /** The charge and the refund of each order. */
  const rows: [charge: Row, refund: Row][] = [];

  beforeAll(async () => {
    context = await ReconciliationContext.start();
    for (let order = 0; order < ORDERS; order += 1) {
      const id = await context.past.order(NOON);
      const refundId = await context.past.refund(id, { cents: REFUNDED, at: NOON });
      const key = order % 2 === 0 ? id : await context.past.setProviderKey(id);
      rows.push([charge(key, CHARGED), refund(refundId, key, REFUNDED)]);
    }
  });
  afterAll(() => context.close());

  it('finds nothing without a damage', async () => {
    expect(await context.reconcile(rows.flat())).toMatchObject({ found: [], isExplained: true });
  });

  it('finds each damage and nothing else, in any order of the rows', async () => {
    const some = fc.array(damages, { minLength: ORDERS, maxLength: ORDERS });
    const property = fc.asyncProperty(some, fc.integer(), async (chosen, seed) => {
      const statement = chosen.flatMap((damage, index) => {
        const [charged, refunded] = rows[index]!;
        return [...damage.charge[0](charged), ...damage.refund[0](refunded)];
      });
      const shuffled = fc.sample(
        fc.shuffledSubarray(statement, { minLength: statement.length, maxLength: statement.length }),
        { seed, numRuns: 1 },
      )[0]!;
      const expected = chosen.flatMap((damage) => [...damage.charge[1], ...damage.refund[1]]);

      const { found, isExplained } = await context.reconcile(shuffled);

      expect(found.map(({ code }) => code).sort()).toEqual(expected.sort());
      expect(isExplained).toBe(true);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
});
