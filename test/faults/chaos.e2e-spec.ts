import { ChaosRun } from './chaos/chaos-run.js';
import { FAULTS } from './chaos/faults.js';
import { ROUNDS, runRounds, SEED } from './chaos/report.js';
import { SeededRandom } from './chaos/seeded-random.js';

describe.each(['supported', 'unknown'] as const)(
  `chaos run with provider idempotency %s and FAULT_SEED=${SEED}`,
  (idempotency) => {
    let run: ChaosRun;

    beforeAll(async () => {
      run = await ChaosRun.start(idempotency, new SeededRandom(SEED));
    });
    afterAll(() => run.close());

    // With one round, each fault runs with only one kind of provider to save time.
    const faults = FAULTS.filter(({ only }, index) =>
      only === undefined
        ? ROUNDS > 1 || index % 2 === (idempotency === 'supported' ? 0 : 1)
        : only === idempotency,
    );

    it.each(faults)(
      'violates no invariant with $name',
      async (fault) => {
        expect(await runRounds(run, fault)).toEqual([]);
      },
      ROUNDS * 90_000,
    );
  },
);
