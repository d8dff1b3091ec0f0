import { SeededRandom } from './chaos/seeded-random.js';
import { FAULTS } from './chaos/faults.js';
import { ROUNDS, runRounds, SEED } from './chaos/report.js';
import { ChaosRun } from './chaos/chaos-run.js';

describe.each(['supported', 'unknown'] as const)(
  `no charge, order or notification is lost or doubled (FAULT_SEED=${SEED}), provider idempotency %s, with`,
  (idempotency) => {
    let run: ChaosRun;

    beforeAll(async () => {
      run = await ChaosRun.start(idempotency, new SeededRandom(SEED));
    });
    afterAll(() => run.close());

    // One round alone takes turns: each fault with one of both kinds of provider.
    const faults = FAULTS.filter(({ only }, index) =>
      only === undefined
        ? ROUNDS > 1 || index % 2 === (idempotency === 'supported' ? 0 : 1)
        : only === idempotency,
    );

    it.each(faults)(
      '$name',
      async (fault) => {
        expect(await runRounds(run, fault)).toEqual([]);
      },
      ROUNDS * 90_000,
    );
  },
);
