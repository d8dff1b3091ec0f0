import type { ProviderIdempotency } from '#config';
import { eventually } from '../../support/eventually.js';
import { accept } from '../../support/notification-stub.js';
import { approve } from '../../support/payment-stub.js';
import { TestApp } from '../../support/test-app.js';
import type { SeededRandom } from './seeded-random.js';
import { SimulatedClients } from './simulated-clients.js';
import { ManagedProcess, type ProcessKind } from './managed-process.js';
import { violations } from './invariants.js';
import type { Purchase } from './purchase.js';
import { TransactionMonitor } from './transaction-monitor.js';

/** Something that goes wrong while orders are placed and moved on. */
export interface Fault {
  name: string;
  /** Only with such a provider; else with every one. */
  only?: ProviderIdempotency;
  /** A frozen process cannot end its transactions; the database does it after five seconds. */
  leavesTransactionsOpen?: boolean;
  /** What must be in place before the rush begins. */
  prepare?(run: ChaosRun): void | Promise<void>;
  /** Strikes while the rush is on; resolves when it is over. */
  inject?(run: ChaosRun): void | Promise<void>;
}

/** A shop of two API processes and two workers, with a crowd that goes on whatever happens, until all is calm again. */
export class ChaosRun {
  readonly purchases: Purchase[] = [];
  private readonly transactionMonitor: TransactionMonitor;

  private constructor(
    readonly app: TestApp,
    readonly random: SeededRandom,
    readonly apis: readonly ManagedProcess[],
    readonly workers: readonly ManagedProcess[],
    private readonly clients: SimulatedClients,
  ) {
    this.transactionMonitor = new TransactionMonitor(app.database);
  }

  static async start(idempotency: ProviderIdempotency, random: SeededRandom): Promise<ChaosRun> {
    const app = await TestApp.start({
      PAYMENT_TIMEOUT_MS: '400',
      PAYMENT_PROVIDER_IDEMPOTENCY: idempotency,
    });
    app.payments.isIdempotent = idempotency === 'supported';
    const start = (kind: ProcessKind): Promise<ManagedProcess> =>
      ManagedProcess.start(kind, { ...app.environment, LOG_LEVEL: 'debug' });
    const apis = await Promise.all([start('api'), start('api')]);
    const workers = await Promise.all([start('worker'), start('worker')]);
    return new ChaosRun(app, random, apis, workers, await SimulatedClients.create(app, random, apis));
  }

  get processes(): ManagedProcess[] {
    return [...this.apis, ...this.workers];
  }

  /** One rush of orders with one fault in it, and then calm; answers what does not hold. */
  async runRound(fault: Fault): Promise<string[]> {
    const { payments, notifications, database } = this.app;
    await fault.prepare?.(this);
    const purchases = this.clients.nextPurchases();
    this.purchases.push(...purchases);
    const rush = this.clients.sendAll(purchases);
    await fault.inject?.(this);
    await rush;

    payments.defaultBehaviour = approve;
    notifications.defaultBehaviour = accept;
    await Promise.all(this.processes.map((process) => process.waitUntilLive()));
    await this.waitUntilIdle();
    await this.clients.resolvePlacements((placement) =>
      payments.charges.some(({ key }) => key === placement),
    );
    await this.clients.retryUntilFinished(purchases);
    const broken = await violations({
      database,
      purchases,
      charges: payments.charges,
      notifications: notifications.received,
      acknowledgedStatuses: this.clients.acknowledgedStatuses,
      logs: this.processes.map(({ output }) => output).join(''),
      secrets: ['chaos-key-', new URL(database.url).password, ...this.clients.tokens],
    });
    const seen = this.transactionMonitor.takeFindings();
    return [
      ...broken,
      ...this.clients.takeUnexpectedResponses(),
      ...(fault.leavesTransactionsOpen ? [] : seen),
    ];
  }

  async close(): Promise<void> {
    this.transactionMonitor.stop();
    await Promise.all(this.processes.map((process) => process.close()));
    await this.app.close();
  }

  /** Waits until the workers have nothing left to do; retries that are far away are brought near. */
  private async waitUntilIdle(): Promise<void> {
    const { database } = this.app;
    await eventually(
      'calm',
      async () => {
        await database.query(
          `UPDATE notifications SET due_at = now() WHERE state = 'pending' AND due_at > now() + interval '3 seconds'`,
        );
        await database.query(
          `UPDATE order_placements SET lease_expires_at = now() WHERE state = 'unknown' AND lease_expires_at > now()`,
        );
        const [busy] = await database.query<{ count: number }>(
          `SELECT (SELECT count(*) FROM notifications WHERE state = 'pending')::int
                + (SELECT count(*) FROM order_placements
                    WHERE state = 'charging' OR state = 'unknown' AND lease_expires_at IS NOT NULL)::int AS count`,
        );
        return busy?.count === 0;
      },
      60_000,
    );
  }
}
