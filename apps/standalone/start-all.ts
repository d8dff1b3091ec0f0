import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { migrate, waitForDatabase, withStartupLock } from '#database';
import { Config } from '#config';
import { migrations } from '../../migrations/index.js';
import { createApi, listen } from '../api/create-api.js';
import { createSandbox } from '../sandbox/create-sandbox.js';
import { createWorker } from '../worker/create-worker.js';
import { seedCatalog, seedUsers } from './development-seed.js';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.js';

/** The API, the worker and their dependencies in one process. */
export interface RunningApp {
  /** The API's URL. */
  api: string;
  /** The sandbox's URL. Absent if the environment names both providers. */
  sandbox?: string;
  /** The data directory of the embedded PostgreSQL. Absent if DATABASE_URL is set. */
  data?: string;
  stop(): Promise<void>;
}

/**
 * Starts the API and the worker. Starts PostgreSQL and the sandbox unless the environment names replacements.
 * The embedded PostgreSQL keeps its data in `directory`.
 * Throws an Error if a part does not start, after stopping the parts that did.
 */
export async function startAll(environment: NodeJS.ProcessEnv, directory: string): Promise<RunningApp> {
  const stopActions: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopPart of stopActions.splice(0).reverse()) await stopPart();
  };
  try {
    const defaults: NodeJS.ProcessEnv = {};
    let data: string | undefined;
    if (!environment.DATABASE_URL) {
      const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), durable: true });
      stopActions.push(() => postgres.stop());
      defaults.DATABASE_URL = postgres.url;
      data = postgres.directory;
    }
    let sandboxUrl: string | undefined;
    if (!environment.PAYMENT_SERVICE_URL || !environment.NOTIFICATION_SERVICE_URL) {
      const sandbox = await createSandbox();
      stopActions.push(() => sandbox.close());
      await sandbox.listen(0, '127.0.0.1');
      sandboxUrl = await sandbox.getUrl();
      defaults.NOTIFICATION_SERVICE_URL = `${sandboxUrl}/notification`;
      if (!environment.PAYMENT_SERVICE_URL) {
        defaults.PAYMENT_SERVICE_URL = `${sandboxUrl}/payment`;
        defaults.PAYMENT_PROVIDER_IDEMPOTENCY = 'supported';
      }
    }
    const config = Config.from({ ...defaults, ...withoutEmpty(environment) });
    await waitForDatabase(config);
    await migrate(config.directDatabaseUrl, migrations);
    const api = await createApi(config);
    stopActions.push(() => api.close());
    if (!config.isProduction) await withStartupLock(config.directDatabaseUrl, () => seed(api));
    await listen(api, config.port);
    const worker = await createWorker(config);
    stopActions.push(() => worker.close());
    return { api: `http://localhost:${config.port}`, sandbox: sandboxUrl, data, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seed(context: INestApplicationContext): Promise<void> {
  await seedCatalog(context);
  await seedUsers(context);
}

function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
}
