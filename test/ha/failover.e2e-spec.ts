import { SeededRandom } from '../faults/chaos/seeded-random.js';
import { missing } from './cluster/programs.js';
import { Drill } from './drill.js';
import { faultsOfRun, printHead, PROVIDERS, PACE, ROUNDS, runRounds, SEED } from './report.js';

if (missing !== undefined) process.stdout.write(`test/ha is skipped: ${missing}\n`);

(missing === undefined ? describe : describe.skip).each(PROVIDERS)(
  `failover with provider idempotency %s and HA_SEED=${SEED}`,
  (idempotency) => {
    let drill: Drill;

    beforeAll(async () => {
      drill = await Drill.start(idempotency, new SeededRandom(SEED), PACE);
      printHead();
    }, 180_000);
    afterAll(() => drill.close(), 60_000);

    it.each(faultsOfRun())(
      'violates no invariant with $name',
      async (fault) => {
        expect(await runRounds(drill, fault, idempotency)).toEqual([]);
      },
      ROUNDS * 300_000,
    );
  },
);
