import { DataSource } from 'typeorm';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { ROWS } from './backlogs.js';
import { seedHistory } from './seed-history.js';
import { StatementLog } from './statement-log.js';

const PATH = '/api/v1/admin/orders';
/** The orders of a customer by their place in the history of the shop, where 1 is the newest. */
const CUSTOMERS = {
  'a customer with every tenth order': 'place % 10 = 0',
  'a customer with only the oldest orders': `place > ${0.9 * ROWS} AND place % 10 <> 0`,
  'a customer without orders': 'false',
};
/** In days before now. */
const PERIODS = { 'the oldest day': [100, 99], 'all time': [200, 0], 'before all time': [300, 200] };
const NUMBERS = ['', '&number=500'];
const STATUSES = ['', '&status=delivered', '&status=waiting', '&status=cancelled'];
/** Three pages of 50; or the orders of the rarest filter, and one in fifty is cancelled. */
const MAX_ORDERS = Math.max(150, ROWS / 40);

describe(`the search of GET /admin/orders with ${ROWS} orders`, () => {
  let app: TestApp;
  let log: StatementLog;
  let manager: Person;
  const customers: Record<string, string> = { 'all customers': '' };
  const periods: Record<string, string> = { 'any time': '' };

  beforeAll(async () => {
    app = await TestApp.start();
    log = new StatementLog(app.api.get(DataSource));
    manager = await app.manager();
    await seedHistory(app.database, ROWS, (await app.customer()).id);
    for (const [name, condition] of Object.entries(CUSTOMERS)) {
      const { id } = await app.customer();
      customers[name] = `&customer_id=${id}`;
      await app.database.query(
        `UPDATE orders o SET customer_id = $1
           FROM (SELECT id, row_number() OVER (ORDER BY created_at DESC) AS place FROM orders) past
          WHERE past.id = o.id AND ${condition}`,
        [id],
      );
    }
    const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    for (const [name, [from, to]] of Object.entries(PERIODS))
      periods[name] = `&from=${daysAgo(from!)}&to=${daysAgo(to!)}`;
    await app.database.query('VACUUM (ANALYZE) orders');
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  it('reads few more orders than it returns, for every combination of filters', async () => {
    const violations: string[] = [];
    for (const [customer, byCustomer] of Object.entries(customers))
      for (const [period, byTime] of Object.entries(periods))
        for (const number of NUMBERS)
          for (const status of STATUSES) {
            const name = [customer, period, number, status].join(' ');
            for (const statement of await log.captureTwoPages(
              manager,
              PATH,
              `?limit=50${byCustomer}${byTime}${number}${status}`,
            )) {
              const { rows, pages, ms, indexes } = await log.explain(statement);
              const read = rows.get('orders') ?? 0;
              if (process.env.SCALE_ROWS !== undefined)
                process.stdout.write(`| ${name} | ${indexes[0]} | ${read} | ${pages} | ${ms.toFixed(1)} |\n`);
              if (read > MAX_ORDERS) violations.push(`${name}: ${read} orders by ${indexes.join(', ')}`);
            }
          }

    expect(violations).toEqual([]);
  }, 120_000);
});
