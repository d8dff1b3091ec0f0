import { DataSource } from 'typeorm';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { ROWS } from './backlogs.js';
import { StatementLog } from './statement-log.js';

const PATH = '/api/v1/admin/audit';
/** Two pages. */
const MAX_ENTRIES = 102;
const BUSY = '00000000-0000-4000-8000-000000000001';
const NEW = '00000000-0000-4000-8000-000000000002';
const FORMER = '00000000-0000-4000-8000-000000000003';
const FIRST_SUBJECT = '00000000-0000-0000-0000-000000000001';
/** One manager made nine of ten entries, but none of the newest, all of them about products. Another made only the newest entry. */
const HISTORY = `
  INSERT INTO audit_log (id, created_at, actor_id, actor_role, action, subject_type, subject_id)
  SELECT gen_random_uuid(), now() - n * interval '1 second',
         (CASE WHEN n = 1 THEN '${NEW}' WHEN n > 0.1 * $1 THEN '${FORMER}' ELSE '${BUSY}' END)::uuid, 'manager',
         CASE WHEN n > 0.1 * $1 THEN 'product.update' WHEN n % 100 = 0 THEN 'order.cancel' ELSE 'order.status' END, 'order',
         lpad(to_hex(n), 32, '0')::uuid
    FROM generate_series(1, $1::int) n`;
const QUERIES = [
  '',
  ...[BUSY, NEW, FORMER].map((actor) => `?actor=${actor}`),
  ...['order.status', 'order.cancel', 'product.update', 'user.create'].map((action) => `?action=${action}`),
  `?subject=${FIRST_SUBJECT}`,
  `?actor=${BUSY}&action=order.status`,
  `?actor=${FORMER}&subject=${FIRST_SUBJECT}`,
];

describe(`GET /admin/audit with ${ROWS} entries`, () => {
  let app: TestApp;
  let log: StatementLog;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    log = new StatementLog(app.api.get(DataSource));
    manager = await app.manager();
    await app.database.query(HISTORY, [ROWS]);
    await app.database.query('VACUUM (ANALYZE) audit_log');
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  it.each(QUERIES)('reads few more entries than it returns for "%s"', async (query) => {
    for (const statement of await log.captureTwoPages(manager, PATH, query)) {
      const { rows, pages, ms, indexes } = await log.explain(statement);
      const entries = rows.get('audit_log') ?? 0;
      if (process.env.SCALE_ROWS !== undefined)
        process.stdout.write(
          `| ${query} | ${indexes.join(', ')} | ${entries} | ${pages} | ${ms.toFixed(1)} |\n`,
        );
      expect(entries).toBeLessThanOrEqual(MAX_ENTRIES);
    }
  });
});
