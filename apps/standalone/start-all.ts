import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { migrate } from '#database';
import { Config } from '#platform';
import { migrations } from '../../migrations/index.js';
import { createApi, listen } from '../api/create-api.js';
import { createSandbox } from '../sandbox/create-sandbox.js';
import { createWorker } from '../worker/create-worker.js';
import { seedCatalog, seedUsers } from './development-seed.js';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.js';

/** A whole shop in one process, and where its parts are. */
export interface RunningApp {
  api: string;
  /** Absent where both providers are real ones. */
  sandbox?: string;
  /** The data folder of the embedded PostgreSQL; absent where DATABASE_URL names a real one. */
  data?: string;
  stop(): Promise<void>;
}

/**
 * Starts everything a shop needs: what the environment names is used, and the rest is brought along.
 * @param directory where the embedded PostgreSQL keeps its data
 * @throws Error where a part cannot start; those started before are stopped
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
    await migrate(config.databaseUrl, migrations);
    const api = await createApi(config);
    stopActions.push(() => api.close());
    if (!config.isProduction) await seed(api);
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
