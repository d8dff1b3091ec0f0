import type { ProviderIdempotency } from '#config';
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
import { waitUntilIdle } from './wait-until-idle.js';

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
export interface ChaosEnvironment {
  database: TestDatabase;
  /** Added to those of the processes. */
  variables: NodeJS.ProcessEnv;
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
    environment?: ChaosEnvironment,
  ): Promise<ChaosRun> {
    const variables = {
      PAYMENT_TIMEOUT_MS: '400',
      PAYMENT_PROVIDER_IDEMPOTENCY: idempotency,
      NOTIFY_PLACED_ORDERS: 'true',
      ...environment?.variables,
    };
    const app = await TestApp.start(variables, environment?.database);
    app.payments.isIdempotent = idempotency === 'supported';
    app.refunds.isIdempotent = idempotency === 'supported';
    const start = (kind: ProcessKind, port?: number): Promise<ManagedProcess> =>
      ManagedProcess.start(kind, { ...app.environment, LOG_LEVEL: 'debug' }, port);
    const [first, second] = environment?.apiPorts ?? [];
    const starts = [start('api', first), start('api', second), start('worker'), start('worker')];
    const results = await Promise.allSettled(starts);
    const processes = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    try {
      // Throws if one of them has not started.
      await Promise.all(starts);
      const [apis, workers] = [processes.slice(0, 2), processes.slice(2)];
      const addresses = environment ? [environment.balancer] : apis;
      const clients = await SimulatedClients.create(app, random, addresses, environment?.habits);
      return new ChaosRun(app, random, apis, workers, clients);
    } catch (error) {
      await Promise.all(processes.map((process) => process.close()));
      await app.close();
      throw error;
    }
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
    try {
      await fault.inject?.(this);
    } finally {
      await sending;
    }

    payments.defaultBehaviour = approve;
    refunds.defaultBehaviour = refund;
    notifications.defaultBehaviour = accept;
    await Promise.all(this.processes.map((process) => process.waitUntilLive()));
    await waitUntilIdle(database);
    await fault.inspect?.(this);
    const { manager, returns } = this.clients;
    await manager.resolvePlacements((providerKey) => payments.charges.some(({ key }) => key === providerKey));
    await waitUntilIdle(database);
    await manager.resolveRefunds((id) => refunds.refunds.some(({ key }) => key === id));
    await this.clients.retryUntilFinished(purchases);
    // A retry may have placed an order.
    await waitUntilIdle(database);
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
    try {
      await Promise.all(this.processes.map((process) => process.close()));
    } finally {
      await this.app.close();
    }
  }
}
