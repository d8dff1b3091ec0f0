import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RefundDto } from '../../apps/api/refunds/dto/refund.dto.js';
import { createWorker } from '../../apps/worker/create-worker.js';
import { WorkerService } from '../../apps/worker/worker.service.js';
import { Config } from '#config';
import { RefundContext, WITHOUT_KEYS, WITHOUT_PROVIDER } from '../refunds/refund-context.js';
import { copyDatabase, type TestDatabase } from '../support/database.js';
import { allowConnections, blockConnections, terminateConnections } from '../support/database-connections.js';
import { createRole } from '../support/database-role.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { Program } from '../support/program.js';
import { toStatement, type Row } from '../support/statement.js';
import { TestApp } from '../support/test-app.js';

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The provider pays each request for a refund, also one that it has paid already. */
describe('npm run reconcile after a restore', () => {
  let context: RefundContext;
  let backup: TestDatabase;
  let directory: string;
  /** Of the orders that the backup has: one that is cancelled before it, one after it, and one that is refunded in part after it. */
  let cancelledBefore: string;
  let cancelled: string;
  let refunded: string;
  /** The keys of what happened after the backup, by the charge for refunds. */
  let forgotten: { charge: string; cancelledCharge: string; refunds: Map<string, string> };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'reconcile-'));
    context = await RefundContext.start(WITHOUT_KEYS);
    await context.placeOrder('preparation');
    cancelledBefore = (await context.placeOrder()).id;
    [cancelled, refunded] = [(await context.placeOrder()).id, (await context.placeOrder()).id];
    await context.cancel(cancelledBefore).expect(200);
    backup = await takeBackup(context.app.database);
    await context.app.startWorker();
    await context.placeOrder();
    const { id: cancelledLater } = await context.placeOrder();
    for (const id of [cancelled, cancelledLater]) await context.cancel(id).expect(200);
    await context.requested(refunded, 100);
    for (const id of [cancelledBefore, cancelled, cancelledLater, refunded])
      await context.waitForState('refunded', (await context.refundsOf(id))[0]!.id);
    const [charge, cancelledCharge] = context.app.payments.charges.slice(-2).map(({ key }) => key);
    const refunds = new Map(context.app.refunds.refunds.map(({ key, charge }) => [charge, key]));
    forgotten = { charge: charge!, cancelledCharge: cancelledCharge!, refunds };
  });
  afterAll(async () => {
    await context.close();
    await rm(directory, { recursive: true });
  });

  async function takeBackup(database: TestDatabase): Promise<TestDatabase> {
    await blockConnections(database);
    await terminateConnections(database);
    const copy = await copyDatabase(database);
    await allowConnections(database);
    return copy;
  }

  function statement(): Row[] {
    return [...context.app.payments.statement(), ...context.app.refunds.statement()];
  }

  /** Runs the program on the restored database, as the user of API and worker and with nothing but its URL. */
  async function reconcile(rows: Row[]): Promise<Result> {
    const path = join(directory, 'charges.csv');
    await writeFile(path, toStatement(rows));
    const role = await createRole(backup);
    const environment = { APP_ENV: 'production', DATABASE_URL: role.url };
    const args = ['--statement', path];
    const program = Program.start('apps/standalone/reconcile.js', environment, { args });
    const { code } = await program.exited;
    await role.drop();
    return { code, stdout: program.stdout, stderr: program.stderr };
  }

  it('lists each charge and refund that the database forgot, and nothing else', async () => {
    const { code, stdout, stderr } = await reconcile(statement());

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const codes = [...stdout.matchAll(/^(\w+) \(\w+\)$/gm)].map(([, found]) => found);
    const keys = [...stdout.matchAll(/^ {2}- \w+ (\S+?)[ ,:]/gm)].map(([, key]) => key);
    const { charge, cancelledCharge, refunds } = forgotten;
    expect(codes).toEqual([
      'charge_forgotten',
      'refund_forgotten',
      'refund_unconfirmed',
      'charge_forgotten_refunded',
      'refund_without_order',
    ]);
    expect(keys.toSorted()).toEqual([charge, cancelledCharge, ...refunds.values()].toSorted());
    expect(stdout).toContain(
      'The findings explain the differences of the totals.\nDifferences: 3, open: 1\n',
    );
  });

  describe('and after a manager has acted on each finding', () => {
    let restored: TestApp;
    let manager: Person;

    beforeAll(async () => {
      restored = await TestApp.start(WITHOUT_PROVIDER, backup);
      manager = context.manager.at(restored.url);
      await manager.post(`/api/v1/orders/${cancelled}/cancel`).expect(200);
      await request(100);
      for (const id of [cancelledBefore, cancelled, refunded]) {
        const [refund] = (await manager.get(`/api/v1/orders/${id}/refunds`).expect(200)).body;
        const resolution = { outcome: 'refunded', note: 'in the statement' };
        await manager.post(`/api/v1/admin/refunds/${refund.id}/resolve`, resolution).expect(200);
      }
    });
    afterAll(() => restored.close());

    async function request(amountCents: number): Promise<{ id: string }> {
      const body = { amount_cents: amountCents, reason: 'quality' };
      return (await manager.post(`/api/v1/orders/${refunded}/refunds`, body).expect(201)).body;
    }

    it('finds nothing', async () => {
      const charge = context.app.payments.statement().find(({ key }) => key === forgotten.charge)!;
      const byHand: Row = { ...charge, kind: 'refund', key: 'by hand', chargeKey: charge.key };

      const { code, stdout } = await reconcile([...statement(), byHand]);

      expect(stdout).toContain('\nNothing differs.\n');
      expect(code).toBe(0);
    });

    it('lets a worker send new refunds only', async () => {
      const { id } = await request(50);
      const sent = context.app.refunds.requests.length;

      const environment = { ...restored.environment, PAYMENT_REFUND_URL: context.app.refunds.url };
      const worker = await createWorker(Config.from(environment));
      await worker.get(WorkerService).start();

      await eventually('the new refund', async () => {
        const { body } = await manager.get(`/api/v1/orders/${refunded}/refunds`).expect(200);
        return body.some((refund: RefundDto) => refund.id === id && refund.state === 'refunded');
      });
      await worker.close();
      expect(context.app.refunds.requests.slice(sent).map(({ key }) => key)).toEqual([id]);
    });
  });
});
