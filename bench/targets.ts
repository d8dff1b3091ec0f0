import { join } from 'node:path';
import type { Database, Postgres } from './postgres.js';
import { Server, type ServerOptions } from './processes.js';
import { seedOrders } from './seed-orders.js';

/** As in a shop, but for tokens that outlive the run. */
const SECRET = 'a secret of the benchmark, 32 characters or more';
const ENVIRONMENT = {
  APP_ENV: 'production',
  JWT_SECRET_KEY: SECRET,
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '1440',
  PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
};

export const PRODUCT = 'this product';
/** This product with so many orders. */
export const HISTORY_SIZES = { '10 k orders': 10_000, '100 k orders': 100_000, '1 M orders': 1_000_000 };
/** The product sets this V8 option itself when it starts, so its peers get it on the command line for a fair comparison. */
const PEER_V8_FLAGS = ['--no-allocation-site-pretenuring'];
const PEERS = ['fastify-pg', 'nest-typeorm', 'express-hello'];

/** Whoever answers requests in this run, with a database of its own. */
export interface Target {
  name: string;
  database: Database;
  servers: Server[];
  /** Whether it keeps a row for every attempt to charge, as this product does. */
  writesPlacements: boolean;
}

/** What every target is started with. */
export interface Setup {
  postgres: Postgres;
  paymentUrl: string;
  /** Where logs go. */
  folder: string;
  /** How many processes each target has. */
  replicas: number;
}

/** The product as it is built and shipped, on a database that exists. */
export async function startProduct(name: string, database: Database, setup: Setup): Promise<Target> {
  const servers = await startServers(name, 'apps/api/main.js', setup, {
    environment: environmentOf(database, setup),
  });
  return { name, database, servers, writesPlacements: true };
}

/** All peers, and the product, each on a database of its own. */
export async function startTargets(setup: Setup): Promise<Target[]> {
  const product = await startProduct(PRODUCT, await setup.postgres.clone('product', false), setup);
  const menu = await (await fetch(`${product.servers[0]?.url ?? ''}/api/v1/menu`)).text();
  const targets = [product];
  for (const name of PEERS) targets.push(await startPeer(name, menu, setup));
  return targets;
}

/** The product once for each size of its past. */
export async function startHistoryTargets(setup: Setup, customerId: string): Promise<Target[]> {
  const targets: Target[] = [];
  for (const [name, orders] of Object.entries(HISTORY_SIZES)) {
    const database = await setup.postgres.clone(name, false);
    await seedOrders(database, customerId, { name: 'past', orders, history: true });
    await database.query('VACUUM (ANALYZE) orders, order_items, payments');
    targets.push(await startProduct(name, database, { ...setup, replicas: 1 }));
  }
  return targets;
}

async function startPeer(name: string, menu: string, setup: Setup): Promise<Target> {
  const database = await setup.postgres.clone(name, true);
  const servers = await startServers(name, `bench/peers/${name}/main.js`, setup, {
    environment: { ...environmentOf(database, setup), MENU: menu },
    v8Flags: PEER_V8_FLAGS,
  });
  return { name, database, servers, writesPlacements: false };
}

function environmentOf({ url }: Database, { paymentUrl }: Setup): NodeJS.ProcessEnv {
  return { ...ENVIRONMENT, DATABASE_URL: url, PAYMENT_SERVICE_URL: paymentUrl };
}

async function startServers(
  name: string,
  script: string,
  { folder, replicas }: Setup,
  options: Omit<ServerOptions, 'logFile'>,
): Promise<Server[]> {
  const servers: Server[] = [];
  for (let replica = 1; replica <= replicas; replica += 1) {
    const logFile = join(folder, `${name.replaceAll(/\W/g, '-')}-${replica}.log`);
    servers.push(await Server.start(script, { ...options, logFile }));
  }
  return servers;
}
