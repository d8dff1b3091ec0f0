import { Chance } from './storm/chance.js';
import { FAULTS } from './storm/faults.js';
import { ROUNDS, rounds, SEED } from './storm/report.js';
import { Storm } from './storm/storm.js';

describe.each(['supported', 'unknown'] as const)(
  `no charge, order or notification is lost or doubled (FAULT_SEED=${SEED}), provider idempotency %s, with`,
  (idempotency) => {
    let storm: Storm;

    beforeAll(async () => {
      storm = await Storm.brews(idempotency, new Chance(SEED));
    });
    afterAll(() => storm.close());

    // One round alone takes turns: each fault with one of both kinds of provider.
    const faults = FAULTS.filter(({ only }, index) =>
      only === undefined
        ? ROUNDS > 1 || index % 2 === (idempotency === 'supported' ? 0 : 1)
        : only === idempotency,
    );

    it.each(faults)(
      '$name',
      async (fault) => {
        expect(await rounds(storm, fault)).toEqual([]);
      },
      ROUNDS * 90_000,
    );
  },
);
