import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAll, type RunningApp } from '../../apps/standalone/start-all.js';
import { freePort } from './api-process.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { logIn } from './log-in.js';
import { NotificationStub } from './notification-stub.js';
import { PaymentStub } from './payment-stub.js';

/** What a standalone app can be given: a database, an empty directory, and both providers. */
export class StandaloneSetup {
  private readonly running: RunningApp[] = [];

  private constructor(
    readonly directory: string,
    readonly database: TestDatabase,
    readonly payments: PaymentStub,
    readonly notifications: NotificationStub,
    private readonly port: number,
  ) {}

  static async create(): Promise<StandaloneSetup> {
    const directory = await mkdtemp(join(tmpdir(), 'coffee-shop-standalone-'));
    const [database, payments, notifications, port] = await Promise.all([
      createTestDatabase(),
      PaymentStub.start(),
      NotificationStub.start(),
      freePort(),
    ]);
    return new StandaloneSetup(directory, database, payments, notifications, port);
  }

  get providers(): NodeJS.ProcessEnv {
    return {
      PAYMENT_SERVICE_URL: this.payments.url,
      NOTIFICATION_SERVICE_URL: this.notifications.url,
    };
  }

  /** Starts the app with this database and these variables. */
  async start(variables: NodeJS.ProcessEnv): Promise<RunningApp> {
    const environment = {
      ...{ PORT: String(this.port), LOG_LEVEL: 'silent', APP_ENV: 'test', DATABASE_URL: this.database.url },
      ...variables,
    };
    const app = await startAll(environment, this.directory);
    this.running.push(app);
    return app;
  }

  /** Stops the app and both providers. */
  async tearDown(): Promise<void> {
    for (const app of this.running) await app.stop();
    await Promise.all([this.payments.stop(), this.notifications.stop()]);
    await this.database.drop();
    await rm(this.directory, { recursive: true });
  }
}

/** Places an order and moves it to preparation. Returns its id. */
export async function prepareOrder({ api }: RunningApp): Promise<string> {
  const { id } = await (await logIn(api, 'customer')).placeOrder(['Latte', 'Vanilla']);
  await (await logIn(api, 'manager')).changeStatus(id, 'preparation').expect(200);
  return id;
}
