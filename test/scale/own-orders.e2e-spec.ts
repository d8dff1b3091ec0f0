import { DataSource } from 'typeorm';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { ROWS } from './backlogs.js';
import { seedHistory } from './seed-history.js';
import { StatementLog, type Statement } from './statement-log.js';

const PATH = '/api/v1/orders';
/** Three pages: a filter may remove some orders. */
const MAX_ORDERS = 150;
/** The orders of each customer by their place in the history of the shop, where 1 is the newest. */
const CUSTOMERS = {
  'every tenth order': 'place % 10 = 0',
  'only the oldest tenth of the orders': `place > ${0.9 * ROWS} AND place % 10 <> 0`,
  'only the newest order': 'place = 1',
  'all other orders': 'false',
};
const QUERIES = ['', '?status=delivered', '?status=waiting'];
const CASES = Object.keys(CUSTOMERS).flatMap((share) => QUERIES.map((query) => ({ share, query })));

describe(`GET /orders in a shop with ${ROWS} orders`, () => {
  let app: TestApp;
  let log: StatementLog;
  const customers = new Map<string, Person>();

  beforeAll(async () => {
    app = await TestApp.start();
    log = new StatementLog(app.api.get(DataSource));
    for (const share of Object.keys(CUSTOMERS)) customers.set(share, await app.customer());
    await seedHistory(app.database, ROWS, customers.get('all other orders')!.id);
    for (const [share, condition] of Object.entries(CUSTOMERS))
      await app.database.query(
        `UPDATE orders o SET customer_id = $1
           FROM (SELECT id, row_number() OVER (ORDER BY created_at DESC) AS place FROM orders) past
          WHERE past.id = o.id AND ${condition}`,
        [customers.get(share)!.id],
      );
    await app.database.query('VACUUM (ANALYZE) orders');
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  /** Returns the statements that read the first two pages. */
  async function readPages(customer: Person, query: string): Promise<Statement[]> {
    let next: string | undefined;
    const first = await log.capture(async () => {
      const { headers } = await customer.get(PATH + query).expect(200);
      [, next] = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    });
    const second = next ? await log.capture(() => customer.get(`${PATH}${next}`).expect(200)) : [];
    return [...first, ...second];
  }

  it.each(CASES)(
    'reads few more orders than it returns to a customer with $share, query "$query"',
    async ({ share, query }) => {
      for (const statement of await readPages(customers.get(share)!, query)) {
        const { rows, pages, ms, indexes } = await log.explain(statement);
        const orders = rows.get('orders') ?? 0;
        if (process.env.SCALE_ROWS !== undefined)
          process.stdout.write(
            `| ${share} ${query} | ${indexes.join(', ')} | ${orders} | ${pages} | ${ms.toFixed(1)} |\n`,
          );
        expect(orders).toBeLessThanOrEqual(MAX_ORDERS);
      }
    },
  );
});
