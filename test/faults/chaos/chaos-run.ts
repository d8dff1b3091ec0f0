import type { ProviderIdempotency } from '#config';
import { eventually } from '../../support/eventually.js';
import { accept } from '../../support/notification-stub.js';
import { approve } from '../../support/payment-stub.js';
import { refund } from '../../support/refund-stub.js';
import type { TestDatabase } from '../../support/database.js';
import { TestApp } from '../../support/test-app.js';
import { violations } from './invariants.js';
import { ManagedProcess, type ProcessKind } from './managed-process.js';
import type { Purchase } from './purchase.js';
import type { SeededRandom } from './seeded-random.js';
import { SimulatedClients, type Address, type ClientHabits } from './simulated-clients.js';
import { TransactionMonitor } from './transaction-monitor.js';

/** A fault that a round injects while clients place orders. */
export interface Fault {
  name: string;
  /** Restricts the fault to providers of this kind. */
  only?: ProviderIdempotency;
  /** A frozen process cannot end its transactions. */
  leavesTransactionsOpen?: boolean;
  /** Runs before the purchases start. */
  prepare?(run: ChaosRun): void | Promise<void>;
  /** Runs during the purchases. Resolves when the fault is over. */
  inject?(run: ChaosRun): void | Promise<void>;
  /** Runs when the workers are idle, before the manager decides what is unknown. */
  inspect?(run: ChaosRun): Promise<void>;
}

/** Where a run takes place, if not on the database of the tests. */
export interface Place {
  database: TestDatabase;
  /** Added to that of the processes. */
  environment: NodeJS.ProcessEnv;
  apiPorts: readonly number[];
  /** Leads to the APIs. */
  balancer: Address;
  habits: ClientHabits;
}

/** Two API processes, two workers and simulated clients on one database. */
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

  static async start(
    idempotency: ProviderIdempotency,
    random: SeededRandom,
    place?: Place,
  ): Promise<ChaosRun> {
    const environment = {
      PAYMENT_TIMEOUT_MS: '400',
      PAYMENT_PROVIDER_IDEMPOTENCY: idempotency,
      NOTIFY_PLACED_ORDERS: 'true',
      ...place?.environment,
    };
    const app = await TestApp.start(environment, place?.database);
    app.payments.isIdempotent = idempotency === 'supported';
    app.refunds.isIdempotent = idempotency === 'supported';
    const start = (kind: ProcessKind, port?: number): Promise<ManagedProcess> =>
      ManagedProcess.start(kind, { ...app.environment, LOG_LEVEL: 'debug' }, port);
    const [first, second] = place?.apiPorts ?? [];
    const apis = await Promise.all([start('api', first), start('api', second)]);
    const workers = await Promise.all([start('worker'), start('worker')]);
    const addresses = place ? [place.balancer] : apis;
    const clients = await SimulatedClients.create(app, random, addresses, place?.habits);
    return new ChaosRun(app, random, apis, workers, clients);
  }

  get processes(): ManagedProcess[] {
    return [...this.apis, ...this.workers];
  }

  /** Refunds and cancels the newest order, if there is one. */
  giveBackMore(): Promise<void> {
    return this.clients.returns.giveBackMore();
  }

  /** Runs one round of purchases with one fault. Returns the violated invariants. */
  async runRound(fault: Fault): Promise<string[]> {
    const { payments, refunds, notifications, database } = this.app;
    await fault.prepare?.(this);
    const purchases = this.clients.nextPurchases();
    this.purchases.push(...purchases);
    const sending = this.clients.sendAll(purchases);
    await fault.inject?.(this);
    await sending;

    payments.defaultBehaviour = approve;
    refunds.defaultBehaviour = refund;
    notifications.defaultBehaviour = accept;
    await Promise.all(this.processes.map((process) => process.waitUntilLive()));
    await this.waitUntilIdle();
    await fault.inspect?.(this);
    const { manager, returns } = this.clients;
    await manager.resolvePlacements((providerKey) => payments.charges.some(({ key }) => key === providerKey));
    await this.waitUntilIdle();
    await manager.resolveRefunds((id) => refunds.refunds.some(({ key }) => key === id));
    await this.clients.retryUntilFinished(purchases);
    // A retry may have placed an order.
    await this.waitUntilIdle();
    const broken = await violations({
      database,
      purchases,
      charges: payments.charges,
      notifications: notifications.received,
      refunds: refunds.refunds,
      acknowledgedStatuses: manager.acknowledgedStatuses,
      cancelledOrders: returns.cancelledOrders,
      acknowledgedRefunds: returns.acknowledgedRefunds,
      logs: this.processes.map(({ output }) => output).join(''),
      secrets: ['chaos-key-', new URL(database.url).password, ...this.clients.tokens],
    });
    const findings = this.transactionMonitor.takeFindings();
    return [
      ...broken,
      ...manager.takeUnexpectedResponses(),
      ...returns.takeFindings(),
      ...(fault.leavesTransactionsOpen ? [] : findings),
    ];
  }

  async close(): Promise<void> {
    this.transactionMonitor.stop();
    await Promise.all(this.processes.map((process) => process.close()));
    await this.app.close();
  }

  /** Makes distant retries due and waits until the workers have no work left. */
  private async waitUntilIdle(): Promise<void> {
    const { database } = this.app;
    await eventually(
      'the workers to become idle',
      async () => {
        await database.query(
          `UPDATE notifications SET due_at = now() WHERE state = 'pending' AND due_at > now() + interval '3 seconds'`,
        );
        await database.query(
          `UPDATE order_placements SET lease_expires_at = now() WHERE state = 'unknown' AND lease_expires_at > now()`,
        );
        await database.query(
          `UPDATE refunds SET due_at = now() WHERE state IN ('pending', 'unknown') AND due_at > now()`,
        );
        const [busy] = await database.query<{ count: number }>(
          `SELECT (SELECT count(*) FROM notifications WHERE state = 'pending')::int
                + (SELECT count(*) FROM refunds WHERE state IN ('pending', 'sending') OR due_at IS NOT NULL)::int
                + (SELECT count(*) FROM order_placements
                    WHERE state = 'charging' OR state = 'unknown' AND lease_expires_at IS NOT NULL)::int AS count`,
        );
        return busy?.count === 0;
      },
      60_000,
    );
  }
}
