import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { setHours, type SomeHours } from '../../test/support/shop-hours.js';
import { WEEKDAYS, type Interval } from './hours.js';
import type { ShopState } from './shop.js';
import { READ_STATE } from './shop.sql.js';

/** `HOURS_RUNS=500` for a long run. */
const RUNS = Number(process.env.HOURS_RUNS ?? 8);
/** Fixed by default, so that only a change of the code changes the result. */
const SEED = Number(process.env.HOURS_SEED ?? 20261130);
const SCANNED_DAYS = 17;
const MAX_MS = 30_000 + RUNS * 2_000;

/** Each zone with an instant within two hours before its clocks change, if they do. */
const STARTS: [zone: string, at: string][] = [
  ['Europe/Berlin', '2026-03-29T00:12:00Z'],
  ['Europe/Berlin', '2026-10-24T23:47:00Z'],
  ['America/New_York', '2026-11-01T04:31:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T14:05:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:01:00Z'],
  ['Africa/Cairo', '2026-04-23T21:20:00Z'],
  ['America/Havana', '2026-11-01T04:10:00Z'],
  ['Asia/Kathmandu', '2026-05-01T12:00:00Z'],
];

/**
 * Whether the shop is open in each minute, judged by the local clock alone. The first change and the one after it are what the product's
 * statement must find.
 */
const SCAN = `
  WITH minutes AS MATERIALIZED (
    SELECT minute, minute AT TIME ZONE $1 AS local
      FROM generate_series($2::timestamptz, $2::timestamptz + make_interval(days => ${SCANNED_DAYS}), '1 minute') AS minute),
  judged AS MATERIALIZED (
    SELECT minute, EXISTS (
        SELECT FROM shop_settings s, generate_series(0, 1) AS ago, LATERAL (SELECT local::date - ago AS day) AS d,
               json_array_elements(coalesce(
                 (SELECT e->'intervals' FROM json_array_elements(s.exceptions) AS e WHERE e->>'date' = d.day::text),
                 s.weekly->to_char(d.day, 'dy'))) AS i
         WHERE local >= d.day + (i->>0)::time
           AND local < d.day + (i->>1)::time + make_interval(days => CASE WHEN (i->>1)::time > (i->>0)::time THEN 0 ELSE 1 END)) AS open
      FROM minutes),
  first AS (
    SELECT min(minute) AS at FROM judged WHERE open <> (SELECT open FROM judged WHERE minute = $2))
  SELECT (SELECT open FROM judged WHERE minute = $2) AS "isOpen", first.at AS first,
         (SELECT min(minute) FROM judged WHERE minute > first.at AND open = (SELECT open FROM judged WHERE minute = $2)) AS second
    FROM first`;

interface Scanned {
  isOpen: boolean;
  first: Date | null;
  second: Date | null;
}

const time = fc
  .record({
    hour: fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 9, 17, 22, 23),
    minute: fc.constantFrom(0, 10, 15, 30, 45, 59),
  })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const intervals = fc.array(fc.tuple(time, time), { maxLength: 3 }) satisfies fc.Arbitrary<Interval[]>;
const scenario = fc.constantFrom(...STARTS).chain(([zone, at]) =>
  fc.record({
    zone: fc.constant(zone),
    at: fc.constant(at),
    weekly: fc.dictionary(fc.constantFrom(...WEEKDAYS), intervals),
    exceptions: fc.dictionary(
      fc
        .integer({ min: -1, max: 9 })
        .map((days) => new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10)),
      intervals,
      { minKeys: 1, maxKeys: 4 },
    ),
  }),
);

describe(`the changes of random hours (HOURS_SEED=${SEED})`, () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it(
    'are those that a scan of every minute finds',
    async () => {
      const property = fc.asyncProperty(scenario, async ({ zone, at, ...hours }) => {
        await setHours(database, hours satisfies SomeHours);
        const [scanned] = await database.query<Scanned>(SCAN, [zone, at]);
        if (!scanned) throw new Error('The scan returned no row');

        const [state] = await database.query<ShopState>(READ_STATE, [zone, at]);

        expect(state && withinScan(state, at)).toEqual(scanned);
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
    },
    MAX_MS,
  );
});

/** Leaves out the changes after the scanned time. */
function withinScan({ isOpen, opensAt, closesAt }: ShopState, at: string): Scanned {
  const end = Date.parse(at) + SCANNED_DAYS * 86_400_000;
  const [first = null, second = null] = (isOpen ? [closesAt, opensAt] : [opensAt, closesAt]).map((change) =>
    change && change.getTime() <= end ? change : null,
  );
  return { isOpen, first, second };
}
