import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApi } from '../../apps/api/create-api.js';
import type { ConnectionLimits } from '../../apps/api/http/connection-limits.js';
import { seedCatalog, seedUsers } from '../../apps/standalone/development-seed.js';
import { createWorker } from '../../apps/worker/create-worker.js';
import { WorkerService } from '../../apps/worker/worker.service.js';
import { AuthService } from '#auth';
import { Config } from '#config';
import { hashPassword, UsersRepository, type Role } from '#users';
import { AnswerRecorder } from './answer-recorder.js';
import { createSeededDatabase, type TestDatabase } from './database.js';
import { NotificationStub } from './notification-stub.js';
import { PaymentStub } from './payment-stub.js';
import { Person } from './person.js';
import { RefundStub } from './refund-stub.js';
import { TEST_CONTEXT } from './test-context.js';

/** Defaults with short time-outs; a suite overrides what it tests. */
const ENVIRONMENT = {
  APP_ENV: 'test',
  LOG_LEVEL: 'silent',
  PORT: '0',
  PAYMENT_TIMEOUT_MS: '700',
  RECOVERY_INTERVAL_MS: '100',
};

const PASSWORD = 'a password for tests';
/** Made once, because hashing is slow by design. */
const hashedPassword = hashPassword(PASSWORD);

interface ProviderStubs {
  payments: PaymentStub;
  refunds: RefundStub;
  notifications: NotificationStub;
}

/** The API in this process, with its own seeded database and with stubs of the providers. */
export class TestApp implements ProviderStubs {
  readonly payments: PaymentStub;
  readonly refunds: RefundStub;
  readonly notifications: NotificationStub;
  /** Run in order by `close`. */
  private readonly closing: (() => unknown)[] = [];

  private constructor(
    readonly api: NestExpressApplication,
    readonly url: string,
    /** Start another process with it to share the database and the providers. */
    readonly environment: NodeJS.ProcessEnv,
    readonly database: TestDatabase,
    providers: ProviderStubs,
  ) {
    this.payments = providers.payments;
    this.refunds = providers.refunds;
    this.notifications = providers.notifications;
  }

  /**
   * Starts no worker, so that a test sees what a request leaves behind.
   * @param environment replaces defaults; an empty PAYMENT_REFUND_URL means that there is no provider of refunds
   * @param migrated a migrated database to use instead of a new one
   * @param limits replace those of the API
   */
  static async start(
    environment: NodeJS.ProcessEnv = {},
    migrated?: TestDatabase,
    limits?: Partial<ConnectionLimits>,
  ): Promise<TestApp> {
    const [database, payments, refunds, notifications] = await Promise.all([
      migrated ?? createSeededDatabase(),
      PaymentStub.start(),
      RefundStub.start(),
      NotificationStub.start(),
    ]);
    const variables = {
      ...ENVIRONMENT,
      DATABASE_URL: database.url,
      PAYMENT_SERVICE_URL: payments.url,
      PAYMENT_REFUND_URL: refunds.url,
      NOTIFICATION_SERVICE_URL: notifications.url,
      ...environment,
    };
    const config = Config.from(variables);
    const api = await createApi(config, limits);
    await api.listen(0, '127.0.0.1');
    // Adds nothing to a clone of the seeded template.
    await seedUsers(api);
    await seedCatalog(api);
    const url = await api.getUrl();
    const app = new TestApp(api, url, variables, database, { payments, refunds, notifications });
    const answers = await AnswerRecorder.create(config.apiPrefix);
    answers.attachTo(api.getHttpServer());
    app.closing.push(
      () => api.close(),
      () => Promise.all([payments.stop(), refunds.stop(), notifications.stop()]),
      () => database.drop(),
      () => answers.assertDocumented(),
    );
    return app;
  }

  async startWorker(): Promise<INestApplicationContext> {
    const worker = await createWorker(Config.from(this.environment));
    this.closing.unshift(() => worker.close());
    await worker.get(WorkerService).start();
    return worker;
  }

  /** Returns a client without a token. */
  anonymous(): Person {
    return new Person(this.url, '');
  }

  /** Registers a new customer and logs in. */
  customer(): Promise<Person> {
    return this.register('customer');
  }

  /** Registers a new barista and logs in. */
  barista(): Promise<Person> {
    return this.register('barista');
  }

  /** Registers a new manager and logs in. */
  manager(): Promise<Person> {
    return this.register('manager');
  }

  /** Throws if a client received an answer that the OpenAPI document does not describe. */
  async close(): Promise<void> {
    for (const close of this.closing) await close();
  }

  private async register(role: Role): Promise<Person> {
    const email = `${randomUUID()}@example.com`;
    const users = this.api.get(UsersRepository, { strict: false });
    const user = await users.insert({ email, hashedPassword: await hashedPassword, role });
    const { accessToken } = await this.api.get(AuthService, { strict: false }).logIn({
      email,
      password: PASSWORD,
      // An address has only some of the places in line.
      address: email,
      context: TEST_CONTEXT,
    });
    if (!user) throw new Error('The user was not registered');
    return new Person(this.url, user.id, accessToken);
  }
}
