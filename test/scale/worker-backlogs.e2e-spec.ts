import { DataSource } from 'typeorm';
import { IdempotencyKeyCleanup, RecoveryService } from '#placements';
import { NotificationDispatcher } from '#notifications';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { GROWING_TABLES } from './seed-history.js';
import { StatementLog, type Statement } from './statement-log.js';

/** Of each backlog. */
const ROWS = Number(process.env.SCALE_ROWS ?? 20_000);

const PLACEMENTS = `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at, created_at)
  SELECT md5(n || 'p')::uuid, md5(n || 'o')::uuid, md5(n || 'o')::uuid, $customer, 430, '{"items": [], "metadata": null}', 'r'`;
const ORDERS = `
  INSERT INTO orders (id, customer_id, status, total_cents)
  SELECT md5(n || 'o')::uuid, $customer, 'ready', 430 FROM generate_series(1, $rows) n`;
const NOTIFICATIONS = `
  INSERT INTO notifications (id, order_id, sequence, status, due_at)
  SELECT gen_random_uuid(), md5(n || 'o')::uuid`;

/** What there is a lot of, how it comes about, whose turn meets it, and how many pages a statement of that turn may touch then. */
const BACKLOGS: [string, string[], 'delivery' | 'recovery' | 'reaping', number][] = [
  [
    'notifications that wait for their next try',
    [
      ORDERS,
      `${NOTIFICATIONS}, 1, 'preparation', now() + n * interval '1 second' FROM generate_series(1, $rows) n`,
    ],
    'delivery',
    500,
  ],
  [
    'notifications that are due',
    [
      ORDERS,
      `${NOTIFICATIONS}, 1, 'preparation', now() - n * interval '1 second' FROM generate_series(1, $rows) n`,
    ],
    'delivery',
    1_000,
  ],
  [
    'notifications behind a due one of their order',
    [
      ORDERS,
      `${NOTIFICATIONS}, s, 'ready', now() - n * interval '1 second' FROM generate_series(1, $rows) n, generate_series(1, 3) s`,
    ],
    'delivery',
    1_000,
  ],
  [
    'notifications behind one of their order that waits for its next try',
    [
      ORDERS,
      `${NOTIFICATIONS}, s, 'ready', CASE s WHEN 1 THEN now() + interval '10 minutes' ELSE now() - n * interval '1 second' END
         FROM generate_series(1, $rows) n, generate_series(1, 3) s`,
    ],
    'delivery',
    // Each is looked at anew in every turn, to find that it still has to wait: some 70 ms for 20,000 such orders.
    12 * ROWS,
  ],
  [
    'placements that wait for a manager',
    [`${PLACEMENTS}, 'unknown', NULL, now() - n * interval '1 second' FROM generate_series(1, $rows) n`],
    'recovery',
    500,
  ],
  [
    'placements that were interrupted just now',
    [
      `${PLACEMENTS}, 'charging', now() - n * interval '1 millisecond', now() - interval '1 minute' FROM generate_series(1, $rows) n`,
    ],
    'recovery',
    2_000,
  ],
  [
    'placements that were interrupted long ago',
    [
      `${PLACEMENTS}, 'charging', now() - n * interval '1 millisecond', now() - interval '1 day' FROM generate_series(1, $rows) n`,
    ],
    'recovery',
    10_000,
  ],
  [
    'expired keys whose placements wait for a manager',
    [
      `${PLACEMENTS}, 'unknown', NULL, now() - interval '2 days' FROM generate_series(1, $rows) n`,
      `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, placement_id, expires_at)
       SELECT $customer, sha256(n::text::bytea), sha256('x'), md5(n || 'p')::uuid, now() - interval '1 day' FROM generate_series(1, $rows) n`,
    ],
    'reaping',
    40_000,
  ],
];

describe(`a turn of the worker that meets ${ROWS}`, () => {
  let app: TestApp;
  let ana: Person;
  let log: StatementLog;
  const turns = new Map<string, Statement[]>();

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    ana = await app.customer();
    log = new StatementLog(app.api.get(DataSource));
    const notifications = app.api.get(NotificationDispatcher, { strict: false });
    turns.set('delivery', await log.capture(() => notifications.dispatchDue(() => undefined)));
    turns.set('recovery', await log.capture(() => app.api.get(RecoveryService, { strict: false }).recover()));
    turns.set(
      'reaping',
      await log.capture(() => app.api.get(IdempotencyKeyCleanup, { strict: false }).deleteExpired()),
    );
  });
  afterAll(() => app.close());

  it.each(BACKLOGS)(
    '%s touches no more of the database than with few',
    async (backlog, sources, turn, pagesAtMost) => {
      await app.database.query(`TRUNCATE ${GROWING_TABLES.join()} CASCADE`);
      for (const source of sources) {
        await app.database.query(
          source.replaceAll('$rows', String(ROWS)).replaceAll('$customer', `'${ana.id}'::uuid`),
        );
      }
      for (const table of GROWING_TABLES) await app.database.query(`VACUUM (ANALYZE) ${table}`);

      for (const statement of turns.get(turn) ?? []) {
        const { pages, ms, indexes } = await log.explain(statement);
        if (process.env.SCALE_ROWS !== undefined)
          process.stdout.write(`| ${backlog} | ${indexes.join(', ')} | ${pages} | ${ms.toFixed(1)} |\n`);
        expect(pages).toBeLessThan(pagesAtMost);
      }
    },
    60_000 + ROWS,
  );
});
