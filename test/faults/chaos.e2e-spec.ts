import { ChaosRun } from './chaos/chaos-run.js';
import { faultsFor, ROUNDS, runRounds, SEED } from './chaos/report.js';
import { SeededRandom } from './chaos/seeded-random.js';

describe.each(['supported', 'unknown'] as const)(
  `chaos run with provider idempotency %s and FAULT_SEED=${SEED}`,
  (idempotency) => {
    let run: ChaosRun;

    beforeAll(async () => {
      run = await ChaosRun.start(idempotency, new SeededRandom(SEED));
    });
    afterAll(() => run.close());

    it.each(faultsFor(idempotency))(
      'violates no invariant with $name',
      async (fault) => {
        expect(await runRounds(run, fault)).toEqual([]);
      },
      ROUNDS * 90_000,
    );
  },
);
