import { join } from 'node:path';
import type { Database, Postgres } from './postgres.js';
import { Server, type ServerOptions } from './processes.js';
import { seedOrders } from './seed-orders.js';

/** The production configuration, except that tokens outlive the run. */
const ENVIRONMENT = {
  APP_ENV: 'production',
  JWT_SECRET_KEY: 'a secret of the benchmark, 32 characters or more',
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '1440',
  PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
  // Required in production. No worker runs, so nothing is sent to it.
  NOTIFICATION_SERVICE_URL: 'http://127.0.0.1:9/',
};

export const PRODUCT = 'this product';
/** PostgreSQL driven by pgbench, without an application. */
export const PGBENCH = 'pgbench';
const PEERS = ['fastify-pg', 'nest-typeorm', 'express-hello'];
/** The V8 option of `npm run start:api`, for the product and its peers alike. */
const V8_FLAGS = ['--no-allocation-site-pretenuring'];
/** The product with this many past orders. */
export const HISTORY_SIZES = { '10 k orders': 10_000, '100 k orders': 100_000, '1 M orders': 1_000_000 };

/** The name of the past orders. */
export const PAST = 'past';

/** A system under measurement with its own database. */
export interface Target {
  name: string;
  database: Database;
  servers: Server[];
  /** Whether it writes a row to order_placements for every charge attempt. */
  writesPlacements: boolean;
}

/** What starting a target needs. */
export interface Setup {
  postgres: Postgres;
  paymentUrl: string;
  /** The folder for log files. */
  folder: string;
  /** Processes per target. */
  replicas: number;
}

/** Starts the product as it is built, on an existing database. */
export async function startProduct(name: string, database: Database, setup: Setup): Promise<Target> {
  const servers = await startServers(name, 'apps/api/main.js', setup, {
    environment: environmentFor(database, setup),
  });
  return { name, database, servers, writesPlacements: true };
}

/** Starts the product and its peers. The product comes first. */
export async function startTargets(setup: Setup): Promise<Target[]> {
  const product = await startProduct(PRODUCT, await setup.postgres.clone('product', false), setup);
  const menu = await (await fetch(`${product.servers[0]?.url ?? ''}/api/v1/menu`)).text();
  const targets = [product];
  for (const name of PEERS) targets.push(await startPeer(name, menu, setup));
  return targets;
}

/** Starts the product once per history size, with one process each. */
export async function startHistoryTargets(setup: Setup, customerId: string): Promise<Target[]> {
  const targets: Target[] = [];
  for (const [name, orders] of Object.entries(HISTORY_SIZES)) {
    const database = await setup.postgres.clone(name, false);
    await seedOrders(database, customerId, { name: PAST, orders, history: true });
    await database.query('VACUUM (ANALYZE) orders, order_items, payments, order_status_transitions');
    targets.push(await startProduct(name, database, { ...setup, replicas: 1 }));
  }
  return targets;
}

async function startPeer(name: string, menu: string, setup: Setup): Promise<Target> {
  const database = await setup.postgres.clone(name, true);
  const servers = await startServers(name, `bench/peers/${name}/main.js`, setup, {
    environment: { ...environmentFor(database, setup), MENU: menu },
  });
  return { name, database, servers, writesPlacements: false };
}

function environmentFor({ url }: Database, { paymentUrl }: Setup): NodeJS.ProcessEnv {
  return { ...ENVIRONMENT, DATABASE_URL: url, PAYMENT_SERVICE_URL: paymentUrl };
}

async function startServers(
  name: string,
  script: string,
  { folder, replicas }: Setup,
  options: Pick<ServerOptions, 'environment'>,
): Promise<Server[]> {
  const servers: Server[] = [];
  for (let replica = 1; replica <= replicas; replica += 1) {
    const logFile = join(folder, `${name.replaceAll(/\W/g, '-')}-${replica}.log`);
    servers.push(await Server.start(script, { ...options, v8Flags: V8_FLAGS, logFile }));
  }
  return servers;
}
