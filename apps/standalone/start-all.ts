import type { INestApplicationContext } from '@nestjs/common';
import { Config, isProductionEnvironment, listen, sandboxAddress } from '#config';
import { migrate, waitForDatabase, withStartupLock } from '#database';
import { Metrics } from '#metrics';
import { startTracing } from '#tracing';
import { UsersService } from '#users';
import { migrations } from '../../migrations/index.js';
import { createApi } from '../api/create-api.js';
import { createSandbox } from '../sandbox/create-sandbox.js';
import { createWorker } from '../worker/create-worker.js';
import { WorkerService } from '../worker/worker.service.js';
import { postgresFolder } from './data-folder.js';
import { serveMetricsWithFallback } from './serve-metrics-with-fallback.js';
import { DEVELOPMENT_MANAGER, seedCatalog, seedUsers } from './development-seed.js';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.js';
import { Progress } from './progress.js';
import { StopActions } from './stop-actions.js';

/** Stands for the embedded PostgreSQL, whose URL is unknown until it runs. */
const EMBEDDED_DATABASE = 'postgresql://127.0.0.1/embedded';

/** The API, the worker and their dependencies in one process. */
export interface RunningApp {
  /** The API's URL. */
  api: string;
  /** The URL of the metrics. */
  metrics: string;
  /** The sandbox's URL. Absent if the environment names both providers. */
  sandbox?: string;
  /** The data directory of the embedded PostgreSQL. Absent if DATABASE_URL is set. */
  data?: string;
  /** How to log in for the first time, if somebody with a publicly known password can or nobody can. */
  firstLogin?: string;
  stop(): Promise<void>;
}

/**
 * Starts the API and the worker. Starts PostgreSQL and the sandbox unless the environment names replacements.
 * The embedded PostgreSQL keeps its data in `directory`.
 * Throws an Error if a part does not start, and the reason of `signal` if that is aborted; both after stopping the parts that did start.
 */
export async function startAll(
  environment: NodeJS.ProcessEnv,
  directory: string,
  progress = new Progress(() => undefined),
  signal?: AbortSignal,
): Promise<RunningApp> {
  const step: Progress['step'] = (...work) => {
    signal?.throwIfAborted();
    return progress.step(...work);
  };
  const stopActions = new StopActions();
  const stopLater = (part: string, stopPart: () => Promise<void>): void =>
    stopActions.add(() => progress.step(`Stopping ${part}`, stopPart));
  const stop = (): Promise<void> => stopActions.run();
  try {
    const given = withoutEmpty(environment);
    // These name the same database as DATABASE_URL, so never the embedded one.
    const namesOther = given.DATABASE_DIRECT_URL ?? given.DATABASE_READ_URL;
    const mayEmbed = !isProductionEnvironment(given) && !namesOther;
    const assumed = mayEmbed ? { DATABASE_URL: EMBEDDED_DATABASE } : {};
    // Refuses a wrong configuration before anything starts.
    Config.from({ ...assumed, ...given });
    let data: string | undefined;
    if (!given.DATABASE_URL) {
      const options = { directory: postgresFolder(directory), durable: true };
      const postgres = await step('Starting PostgreSQL, which the first time creates its data', () =>
        startEmbeddedPostgres(options),
      );
      stopLater('PostgreSQL', () => postgres.stop());
      given.DATABASE_URL = postgres.url;
      data = postgres.directory;
    }
    if (!given.SANDBOX_URL && !(given.PAYMENT_SERVICE_URL && given.NOTIFICATION_SERVICE_URL)) {
      const address = sandboxAddress({ SANDBOX_PORT: '0', ...given });
      given.SANDBOX_URL = await step('Starting the sandbox of both providers', async () => {
        const sandbox = await createSandbox();
        stopLater('the sandbox', () => sandbox.close());
        return listen(sandbox, address);
      });
    }
    const config = Config.from(given);
    if (config.exportsTraces) await startTracing('coffee-shop');
    await step('Connecting to the database', () => waitForDatabase(config));
    await step('Migrating the database', () => migrate(config.directDatabaseUrl, migrations));
    const api = await step('Starting the API', () => createApi(config));
    stopLater('the API', () => api.close());
    if (!config.isProduction) {
      await step(
        'Adding seed data to an empty database',
        () => withStartupLock(config.directDatabaseUrl, () => seed(api)),
        (outcome) => outcome,
      );
    }
    const metrics = await serveMetricsWithFallback(api, config);
    const url = await listen(api, config.address);
    await step('Starting the worker', async () => {
      const worker = await createWorker(config, api.get(Metrics));
      stopLater('the worker', () => worker.close());
      await worker.get(WorkerService).start();
    });
    const firstLogin = await describeFirstLogin(api, config);
    return {
      api: url.replace('127.0.0.1', 'localhost'),
      metrics,
      sandbox: config.sandboxUrl,
      data,
      firstLogin,
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function seed(context: INestApplicationContext): Promise<string> {
  const products = await seedCatalog(context);
  const users = await seedUsers(context);
  return products + users === 0 ? 'nothing to add' : `${products} products and ${users} users`;
}

async function describeFirstLogin(
  context: INestApplicationContext,
  { isProduction }: Config,
): Promise<string | undefined> {
  const users = context.get(UsersService, { strict: false });
  const { email, password } = DEVELOPMENT_MANAGER;
  if (!isProduction && (await users.exists(email))) return `Authorize: ${email} / ${password}`;
  if (!(await users.isEmpty())) return undefined;
  return 'there are no users: npm run user:create -- --email you@example.com --role manager';
}

function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
}
