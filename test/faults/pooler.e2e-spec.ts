import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import type { Person } from '../support/person.js';
import { hasPgBouncer, PgBouncer } from '../support/pgbouncer.js';
import { Program } from '../support/program.js';
import { TestApp } from '../support/test-app.js';

const UNPREPARED = { DATABASE_PREPARED_STATEMENTS: 'off' };

if (!hasPgBouncer) process.stdout.write('test/faults/pooler is skipped: pgbouncer is not on the PATH\n');

(hasPgBouncer ? describe : describe.skip)('two APIs and a worker behind PgBouncer', () => {
  let app: TestApp;
  let pooler: PgBouncer;
  let apis: ApiProcess[];
  let worker: Program;
  let customers: Person[];
  let managers: Person[];

  async function start(
    mode: 'session' | 'transaction',
    poolSize: number,
    variables: (directUrl: string) => NodeJS.ProcessEnv,
  ): Promise<void> {
    app = await TestApp.start();
    pooler = await PgBouncer.start(app.database.url, mode, poolSize);
    const environment = {
      ...app.environment,
      LOG_LEVEL: 'info',
      DATABASE_URL: pooler.url,
      ...variables(app.database.url),
    };
    apis = await Promise.all([ApiProcess.start(environment), ApiProcess.start(environment)]);
    worker = Program.start('apps/worker/main.js', environment);
    customers = await Promise.all(apis.map(({ url }) => logIn(url, 'customer')));
    managers = await Promise.all(apis.map(({ url }) => logIn(url, 'manager')));
  }

  async function stop(): Promise<void> {
    for (const api of apis) await api.stop();
    worker.send('SIGTERM');
    await worker.exited;
    await pooler.stop();
    await app.close();
  }

  /** Places, reads and moves one order. Returns the statuses of the responses. */
  async function buy(customer: Person, manager: Person): Promise<number[]> {
    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const placed = await customer.placeWithKey(order);
    if (placed.status !== 201) return [placed.status];
    const read = await customer.get(`/api/v1/orders/${placed.body.id}`);
    if (read.status === 200) expect(read.body).toEqual(placed.body);
    return [placed.status, read.status, (await manager.changeStatus(placed.body.id, 'preparation')).status];
  }

  /** The processes run different statements first, and then the same ones at the same time. */
  async function buyFromBoth(): Promise<Set<number>> {
    await managers[0]?.get('/api/v1/admin/orders').expect(200);
    await managers[1]?.get('/api/v1/admin/notifications').expect(200);
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const rounds = customers.flatMap((customer, n) =>
        [1, 2, 3, 4].map(() => buy(customer, managers[n] ?? customer)),
      );
      statuses.push(...(await Promise.all(rounds)).flat());
    }
    return new Set(statuses);
  }

  async function changePriceAtOne(cents: number): Promise<void> {
    const { id } = await latteAt(1);
    await managers[0]?.patch(`/api/v1/admin/products/${id}`, { base_price_cents: cents }).expect(200);
  }

  async function latteAt(n: 0 | 1): Promise<{ id: string; base_price_cents: number }> {
    const body = (await customers[n]?.get('/api/v1/menu').expect(200))?.body as MenuDto;
    const latte = body.products.find(({ name }) => name === 'Latte');
    if (!latte) throw new Error('No Latte on the menu');
    return latte;
  }

  describe.each<[string, 'session' | 'transaction', number, (directUrl: string) => NodeJS.ProcessEnv]>([
    ['in session mode', 'session', 60, () => ({})],
    ['in transaction mode', 'transaction', 2, (url) => ({ DATABASE_DIRECT_URL: url, ...UNPREPARED })],
  ])('%s', (_, mode, poolSize, variables) => {
    beforeAll(() => start(mode, poolSize, variables), 60_000);
    afterAll(() => stop());

    it('serve orders and status changes without an error', async () => {
      expect(await buyFromBoth()).toEqual(new Set([201, 200]));
    }, 60_000);

    it('deliver notifications', async () => {
      await eventually('a notification', () => app.notifications.received.length > 0);
    });

    it('show a new price at the other API', async () => {
      await changePriceAtOne(444);

      await eventually('the new price', async () => (await latteAt(1)).base_price_cents === 444);
      expect(apis[1]?.program.stdout).not.toContain('No notifications arrive');
    });
  });

  describe('in transaction mode, without any setting for it', () => {
    beforeAll(() => start('transaction', 2, () => ({})), 60_000);
    afterAll(() => stop());

    it('never run the statement of another process: no response is 500 or wrong', async () => {
      const statuses = await buyFromBoth();

      expect([...statuses].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
      expect(statuses).toContain(201);
    }, 60_000);

    it('show and charge a new price at once', async () => {
      for (const cents of [455, 466]) {
        await changePriceAtOne(cents);
        expect((await latteAt(1)).base_price_cents).toBe(cents);
      }
    });

    it('name both variables in the log', async () => {
      const output = (): string => apis.map(({ program }) => program.stdout).join('');

      await eventually('a warning', () => output().includes('set DATABASE_DIRECT_URL'));
      expect(output()).toContain('set DATABASE_PREPARED_STATEMENTS=off');
    });
  });
});
