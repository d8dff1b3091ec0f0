import type { Response } from 'supertest';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import type { Person } from '../support/person.js';
import { canTrackStatements, PgBouncer, pgBouncerVersion } from '../support/pgbouncer.js';
import { Program } from '../support/program.js';
import { TestApp } from '../support/test-app.js';
import { format, readMatrix, type MatrixRow } from './pooler-matrix.js';

const MATRIX = readMatrix();
const SET = 'set';
const SOME_UNAVAILABLE = 'all but 503s with `Retry-After`';
const NAMED = ['DATABASE_DIRECT_URL', 'DATABASE_PREPARED_STATEMENTS=off'];
/** In transaction mode fewer server connections than clients, so that they are shared. */
const POOL_SIZES = { session: 60, transaction: 2 };

/** The recommended settings of each pooler, and the default ones where most goes wrong. POOLER_MATRIX=all runs all rows. */
function runsByDefault({ mode, tracks, direct, prepared }: MatrixRow): boolean {
  if (mode === 'session') return direct !== SET && prepared === 'on';
  if (tracks === 'yes') return direct === SET && prepared === 'on';
  return (direct === SET) === (prepared === 'off');
}

const wanted = MATRIX.filter((row) => process.env.POOLER_MATRIX === 'all' || runsByDefault(row));
const rows = wanted.filter(({ tracks }) => pgBouncerVersion && (tracks !== 'yes' || canTrackStatements));
if (rows.length < wanted.length)
  process.stdout.write(
    `test/faults/pooler skips ${wanted.length - rows.length} of ${wanted.length} rows: ${
      pgBouncerVersion
        ? `PgBouncer ${pgBouncerVersion} tracks no statements, since 1.21 it does`
        : 'pgbouncer is not on the PATH'
    }\n`,
  );

(rows.length > 0 ? describe : describe.skip)('two APIs and a worker behind PgBouncer', () => {
  let app: TestApp;
  let apis: ApiProcess[];
  let customers: Person[];
  let managers: Person[];

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  /** Runs `work` with the programs behind a pooler. */
  async function behindPooler(
    { mode, tracks, direct, prepared }: MatrixRow,
    work: () => Promise<void>,
  ): Promise<void> {
    const kind = mode === 'session' ? 'session' : 'transaction';
    const pooler = await PgBouncer.start(app.database.url, {
      mode: kind,
      poolSize: POOL_SIZES[kind],
      tracksStatements: tracks === 'yes',
    });
    const environment = {
      ...app.environment,
      LOG_LEVEL: 'info',
      DATABASE_URL: pooler.url,
      DATABASE_PREPARED_STATEMENTS: prepared,
      ...(direct === SET && { DATABASE_DIRECT_URL: app.database.url }),
    };
    let worker: Program | undefined;
    const starts = [ApiProcess.start(environment), ApiProcess.start(environment)];
    try {
      apis = await Promise.all(starts);
      worker = Program.start('apps/worker/main.js', environment);
      customers = await Promise.all(apis.map(({ url }) => logIn(url, 'customer')));
      managers = await Promise.all(apis.map(({ url }) => logIn(url, 'manager')));
      await work();
    } finally {
      worker?.send('SIGTERM');
      await Promise.allSettled([...starts.map(async (start) => (await start).stop()), worker?.exited]);
      await pooler.stop();
    }
  }

  /** Places, reads and moves one order. Returns the responses. */
  async function buy(customer: Person, manager: Person): Promise<Response[]> {
    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const placed = await customer.placeWithKey(order);
    if (placed.status !== 201) return [placed];
    const read = await customer.get(`/api/v1/orders/${placed.body.id}`);
    if (read.status === 200) expect(read.body).toEqual(placed.body);
    return [placed, read, await manager.changeStatus(placed.body.id, 'preparation')];
  }

  /** The processes run different statements first, and then the same ones at the same time. */
  async function buyFromBoth(): Promise<string> {
    await managers[0]?.get('/api/v1/admin/orders').expect(200);
    await managers[1]?.get('/api/v1/admin/notifications').expect(200);
    const responses: Response[] = [];
    for (let round = 0; round < 5; round += 1) {
      const purchases = customers.flatMap((customer, n) =>
        [1, 2, 3, 4].map(() => buy(customer, managers[n] ?? customer)),
      );
      responses.push(...(await Promise.all(purchases)).flat());
    }
    expect(responses.map(({ status }) => status)).toContain(201);
    const errors = responses.filter(({ status }) => status !== 200 && status !== 201);
    if (errors.length === 0) return 'all';
    return errors.every(({ status, headers }) => status === 503 && 'retry-after' in headers)
      ? SOME_UNAVAILABLE
      : `errors ${[...new Set(errors.map(({ status }) => status))].join()}`;
  }

  async function latteAt(n: 0 | 1): Promise<{ id: string; base_price_cents: number }> {
    const body = (await customers[n]?.get('/api/v1/menu').expect(200))?.body as MenuDto;
    const latte = body.products.find(({ name }) => name === 'Latte');
    if (!latte) throw new Error('No Latte on the menu');
    return latte;
  }

  async function seesNewPrice(): Promise<string> {
    const { id, base_price_cents: cents } = await latteAt(1);
    await managers[0]?.patch(`/api/v1/admin/products/${id}`, { base_price_cents: cents + 10 }).expect(200);
    const seen = eventually(
      'the new price',
      async () => (await latteAt(1)).base_price_cents === cents + 10,
      1_000,
    );
    return seen.then(
      () => 'yes',
      () => 'no',
    );
  }

  /** Changes the price without a signal, for a moment: an API that trusts its cache does not see that. */
  async function readsMenu(): Promise<string> {
    const change = (cents: number): Promise<unknown> =>
      app.database.query(`
        ALTER TABLE products DISABLE TRIGGER products_signal_change;
        UPDATE products SET base_price_cents = base_price_cents + ${cents} WHERE name = 'Latte';
        ALTER TABLE products ENABLE TRIGGER products_signal_change`);
    const before = (await latteAt(1)).base_price_cents;
    await change(1);
    const after = (await latteAt(1)).base_price_cents;
    await change(-1);
    return before === after ? 'cached' : 'read each time';
  }

  /** Returns which variables the warnings name, after those that are expected have come. */
  async function named(expected: string): Promise<string> {
    const output = (): string => apis.map(({ program }) => program.stdout).join('');
    const present = (): string => NAMED.filter((name) => output().includes(`set ${name}`)).join(', ') || '–';
    await eventually('the warnings', () => expected === '–' || present() === expected).catch(() => undefined);
    return present();
  }

  it.each(rows.map((row) => [format(row), row] as const))(
    'do what is documented: %s',
    async (_, row) => {
      await behindPooler(row, async () => {
        const notified = app.notifications.received.length;
        const orders = await buyFromBoth();
        await eventually('a notification', () => app.notifications.received.length > notified);
        const menu = await readsMenu();
        const price = await seesNewPrice();
        const measured = { ...row, starts: 'yes', orders, menu, price, named: await named(row.named) };

        if (process.env.POOLER_MATRIX !== undefined) process.stdout.write(`${format(measured)}\n`);
        // Whether a statement is lost depends on which connection it meets.
        const isLucky = row.orders === SOME_UNAVAILABLE && orders === 'all';
        expect(measured).toEqual(isLucky ? { ...row, orders } : row);
      });
    },
    60_000,
  );
});
