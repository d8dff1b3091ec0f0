import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '#database';
import { migrations } from '../../migrations/index.js';
import { JsonAsText1764100000002 } from '../../migrations/1764100000002-json-as-text.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { ROWS } from './backlogs.js';

/** Writes two tables again, which is documented. Those after it do not. */
const LAST_REWRITE = migrations.indexOf(JsonAsText1764100000002);
/**
 * Longer than a migration waits for a lock, with room for a busy machine. Requests wait for 2,000 ms. With few rows no
 * write waits for so long: test/upgrade/online-ddl reads the statements instead.
 */
const MAX_WRITE_MS = 2_500;
const isLong = process.env.SCALE_ROWS !== undefined;
const WRITERS = 2;
const CUSTOMER = '00000000-0000-4000-8000-000000000001';
const ID = "lpad(to_hex(n), 32, '0')::uuid";
const CREATED_AT = `now() - ($1 - n) * interval '1 second'`;
const DRAFT = JSON.stringify({
  metadata: null,
  items: [1, 2].map(() => ({
    ...{ id: randomUUID(), productId: randomUUID(), variationId: randomUUID(), quantity: 1 },
    ...{ productName: 'Latte', variationName: 'Vanilla', unitPriceCents: 430, lineTotalCents: 430 },
    ...{ productBasePriceCents: 400, variationPriceChangeCents: 30 },
  })),
});
/** Each table gets `$1` rows, with ids in the order of their time as in the product. */
const FILL = [
  `INSERT INTO orders (id, customer_id, status, total_cents, created_at)
   SELECT ${ID}, '${CUSTOMER}', 'delivered', 860, ${CREATED_AT} FROM generate_series(1, $1) n`,
  `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, state, request_id, created_at)
   SELECT ${ID}, ${ID}, ${ID}, '${CUSTOMER}', 860, '${DRAFT}', 'placed', 'r', ${CREATED_AT} FROM generate_series(1, $1) n`,
  `INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by, changed_at)
   SELECT ${ID}, 'waiting', 'preparation', '${CUSTOMER}', ${CREATED_AT} FROM generate_series(1, $1) n`,
  `INSERT INTO notifications (id, order_id, sequence, status, state, created_at)
   SELECT ${ID}, ${ID}, 1, 'preparation', 'delivered', ${CREATED_AT} FROM generate_series(1, $1) n`,
];
/** What an order writes in a version before and after each of the migrations: $1 is its id. */
const WRITE = [
  `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, state, request_id)
   VALUES ($1, $1, $1, '${CUSTOMER}', 860, '${DRAFT}', 'charging', 'r')`,
  `WITH p AS (UPDATE order_placements SET state = 'placed' WHERE id = $1),
        o AS (INSERT INTO orders (id, customer_id, status, total_cents) VALUES ($1, '${CUSTOMER}', 'waiting', 860) RETURNING id)
   INSERT INTO notifications (id, order_id, sequence, status) SELECT id, id, 1, 'preparation' FROM o`,
];

/** Places orders one after the other until stopped, and remembers the longest write. */
class Writer {
  longestMs = 0;
  writes = 0;
  private isStopped = false;
  private readonly stopped: Promise<void>;

  constructor(url: string) {
    this.stopped = this.run(new pg.Client({ connectionString: url }));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.stopped;
  }

  private async run(client: pg.Client): Promise<void> {
    await client.connect();
    do {
      const id = randomUUID();
      for (const statement of WRITE) {
        const startedAt = performance.now();
        await client.query(statement, [id]);
        this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
        this.writes += 1;
      }
    } while (!this.isStopped);
    await client.end();
  }
}

interface Measured {
  name: string;
  seconds: number;
  writes: number;
  longestWriteMs: number;
}

describe(`migrations of an open shop with ${ROWS} orders`, () => {
  let database: TestDatabase;
  const measured: Measured[] = [];

  beforeAll(
    async () => {
      database = await createEmptyDatabase();
      await migrate(database.url, migrations.slice(0, LAST_REWRITE));
      await database.query(
        `INSERT INTO users (id, email, role, hashed_password) VALUES ('${CUSTOMER}', 'a@example.com', 'customer', '')`,
      );
      for (const statement of FILL) await database.query(statement.replaceAll('$1', String(ROWS)));
      await database.query('VACUUM (ANALYZE)');
      for (let index = LAST_REWRITE; index < migrations.length; index += 1)
        measured.push(await measure(index));
    },
    120_000 + 2 * ROWS,
  );
  afterAll(() => database.drop());

  /** Runs one more migration while orders are placed. */
  async function measure(index: number): Promise<Measured> {
    const writers = Array.from({ length: WRITERS }, () => new Writer(database.url));
    const startedAt = performance.now();
    const [name = ''] = await migrate(database.url, migrations.slice(0, index + 1));
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const writer of writers) await writer.stop();
    const result = {
      name,
      seconds,
      writes: writers.reduce((sum, { writes }) => sum + writes, 0),
      longestWriteMs: Math.max(...writers.map(({ longestMs }) => longestMs)),
    };
    if (isLong)
      process.stdout.write(
        `| ${name} | ${seconds.toFixed(1)} s | ${result.writes} | ${result.longestWriteMs.toFixed(0)} ms |\n`,
      );
    return result;
  }

  it('let orders be placed while they run', () => {
    expect(measured.filter(({ writes }) => writes === 0)).toEqual([]);
  });

  (isLong ? it : it.skip)(
    'make no write wait for longer than their lock limit, except one that is documented',
    () => {
      expect(measured.slice(1).filter(({ longestWriteMs }) => longestWriteMs > MAX_WRITE_MS)).toEqual([]);
    },
  );
});
