import { SeededRandom } from '../faults/chaos/seeded-random.js';
import { missing } from './cluster/programs.js';
import { Drill } from './drill.js';
import { faultsOfRun, IS_SHORT, printHead, PROVIDERS, PACE, ROUNDS, runRounds, SEED } from './report.js';

// Who asks for the drill by HA_ROUNDS, as `npm run test:ha` does, must not take a skipped one for a passed one.
if (missing !== undefined && !IS_SHORT) throw new Error(`The drill cannot run: ${missing}`);
if (missing !== undefined) process.stdout.write(`test/ha is skipped: ${missing}\n`);

(missing === undefined ? describe : describe.skip).each(PROVIDERS)(
  `failover with provider idempotency %s and HA_SEED=${SEED}`,
  (idempotency) => {
    let drill: Drill | undefined;

    beforeAll(async () => {
      drill = await Drill.start(idempotency, new SeededRandom(SEED), PACE);
      printHead();
    }, 180_000);
    afterAll(() => drill?.close(), 60_000);

    it.each(faultsOfRun())(
      'violates no invariant with $name',
      async (fault) => {
        expect(await runRounds(drill!, fault, idempotency)).toEqual([]);
      },
      ROUNDS * 300_000,
    );
  },
);
