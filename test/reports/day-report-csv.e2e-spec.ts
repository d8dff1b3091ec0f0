import { PastDays } from '../support/past-days.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const PATH = '/api/v1/admin/reports/days/2026-03-10';
const BYTE_ORDER_MARK = '\ufeff';
/** Of names that PostgreSQL may have from before names were cleaned, too. */
const NAMES = [
  '=1+1',
  '+49',
  '-5',
  '@SUM(A1)',
  '\tTab',
  '\rReturn',
  'Say "Café", please',
  'Two\nlines',
  "It's -5",
];
const CELLS = [
  "'=1+1",
  "'+49",
  "'-5",
  "'@SUM(A1)",
  "'\tTab",
  `"'\rReturn"`,
  '"Say ""Café"", please"',
  '"Two\nlines"',
  "It's -5",
];

describe('GET /admin/reports/days/{date} as CSV', () => {
  let app: TestApp;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    manager = await app.manager();
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  async function readCsv(): Promise<string> {
    const { text } = await manager.get(PATH).set('Accept', 'text/csv').expect(200);
    return text;
  }

  it('is one table with every number of the report', async () => {
    const past = new PastDays(app.database);
    const order = await past.order('2026-03-10 12:00Z', [{ quantity: 2 }]);
    await past.refund(order, { cents: 1000, at: '2026-03-10 13:00Z' });
    await past.charge('2026-03-10 14:00Z', 'unknown', 500);
    const [line] = await app.database.query<{ product: string; variation: string }>(
      'SELECT product_id AS product, variation_id AS variation FROM order_items',
    );

    const [header, ...rows] = (await readCsv()).split('\r\n');

    expect(header).toBe(
      `${BYTE_ORDER_MARK}date,section,name,variation,product_id,variation_id,from,count,cents`,
    );
    expect(rows.filter((row) => !row.includes(',hour,'))).toEqual([
      '2026-03-10,total,orders,,,,,1,',
      '2026-03-10,total,items,,,,,2,',
      '2026-03-10,total,gross_sales,,,,,,860',
      '2026-03-10,total,payments,,,,,,860',
      '2026-03-10,total,difference,,,,,,0',
      '2026-03-10,total,refunds,,,,,1,1000',
      '2026-03-10,total,net_takings,,,,,,-140',
      '2026-03-10,total,cancelled,,,,,0,',
      '2026-03-10,total,in_doubt,,,,,1,500',
      '2026-03-10,refund,customer_request,,,,,,0',
      '2026-03-10,refund,out_of_stock,,,,,,0',
      '2026-03-10,refund,closing,,,,,,0',
      '2026-03-10,refund,duplicate,,,,,,0',
      '2026-03-10,refund,quality,,,,,,1000',
      '2026-03-10,refund,no_show,,,,,,0',
      '2026-03-10,refund,other,,,,,,0',
      `2026-03-10,product,Latte,Vanilla,${line?.product},${line?.variation},,2,860`,
      '',
    ]);
    const hours = rows.filter((row) => row.includes(',hour,'));
    expect(hours).toHaveLength(24);
    expect(hours[12]).toBe('2026-03-10,hour,,,,,2026-03-10T12:00:00.000Z,1,860');
  });

  it('marks a text that a spreadsheet would take for a formula, and quotes only where RFC 4180 asks for it', async () => {
    const past = new PastDays(app.database);
    await past.order(
      '2026-03-10 12:00Z',
      NAMES.map((name, index) => ({ name, quantity: NAMES.length - index })),
    );

    const text = await readCsv();

    expect(
      text
        .split('2026-03-10,product,')
        .slice(1)
        .map((row) => row.slice(0, row.indexOf(',Vanilla,'))),
    ).toEqual(CELLS);
  });

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['TEXT/CSV', 'text/csv; charset=utf-8'],
    ['text/*', 'text/csv; charset=utf-8'],
    ['application/json;q=0.5, text/csv', 'text/csv; charset=utf-8'],
    ['text/csv, */*', 'text/csv; charset=utf-8'],
    ['text/csv;q=0.5, application/json', 'application/json; charset=utf-8'],
    ['text/csv;q=0, */*', 'application/json; charset=utf-8'],
    ['text/csv;q=0', 'application/json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/xml', 'application/json; charset=utf-8'],
    ['', 'application/json; charset=utf-8'],
    ['nonsense', 'application/json; charset=utf-8'],
  ])('with "Accept: %s" returns %s', async (accept, type) => {
    const { headers } = await manager.get(PATH).set('Accept', accept).expect(200);

    expect(headers['content-type']).toBe(type);
    expect(headers).toMatchObject({ vary: 'Accept', 'cache-control': 'no-store' });
    const isCsv = type.startsWith('text/csv');
    expect(headers['content-disposition']).toBe(
      isCsv ? 'attachment; filename="day-2026-03-10.csv"' : undefined,
    );
  });

  it('is refused with problem details', async () => {
    const { headers } = await manager.get(`${PATH}0`).set('Accept', 'text/csv').expect(422);

    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['content-disposition']).toBeUndefined();
  });
});
