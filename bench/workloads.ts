import type { LoadTask } from './load.js';
import type { Database } from './postgres.js';
import { seedOrders } from './seed-orders.js';
import { PRODUCT, HISTORY_SIZES, type Target } from './targets.js';

const PREFIX = '/api/v1';
const JSON_BODY = { 'Content-Type': 'application/json' };
/** Orders that are read. */
const READ = 10_000;
/** Orders that a visit moves through their statuses, three changes each: more a second than any target could. */
const STATUS_ORDERS_PER_SECOND = 1_500;

const ALL_CONNECTIONS = [32, 1, 256];
export const PGBENCH = 'the limit';

/** What a visit drives a target with. */
export type LoadPlan = Pick<LoadTask, 'status' | 'requests' | 'ids' | 'idsMayRepeat' | 'keys'>;

/** One kind of work, and by whom and over how many connections it is done. */
export interface Workload {
  name: string;
  targets: string[];
  connections: number[];
  /** How long the payment provider takes, in ms. */
  providerMs?: number;
  /** What the tables have more of after each answer. */
  writes?: 'orders' | 'orders and keys' | 'transitions';
  /** Prepares one visit: its number in the run, and how long it takes with its warm-up. */
  plan(target: Target, client: Fixtures, visit: { number: number; seconds: number }): Promise<LoadPlan>;
}

/** Whom the load comes from: tokens, and an order that the menu has. */
export interface Fixtures {
  customerId: string;
  customer: Record<string, string>;
  manager: Record<string, string>;
  order: string;
}

const ORDER_TARGETS = [PRODUCT, 'fastify-pg', 'nest-typeorm'];

function placing(name: string, more: Partial<Workload> = {}): Workload {
  const keyed = more.writes === 'orders and keys';
  return {
    name,
    targets: ORDER_TARGETS,
    connections: ALL_CONNECTIONS,
    providerMs: 0,
    writes: 'orders',
    plan: async (_target, { customer, order }, { number }) => ({
      status: 201,
      requests: [
        { method: 'POST', path: `${PREFIX}/orders`, headers: { ...customer, ...JSON_BODY }, body: order },
      ],
      ...(keyed && { keys: `visit-${number}` }),
    }),
    ...more,
  };
}

function listing(name: string, queryFor: (database: Database) => Promise<string>): Workload {
  return {
    name: `GET /admin/orders, ${name}`,
    targets: Object.keys(HISTORY_SIZES),
    connections: [32],
    plan: async ({ database }, { manager }) => ({
      status: 200,
      requests: [
        { method: 'GET', path: `${PREFIX}/admin/orders${await queryFor(database)}`, headers: manager },
      ],
    }),
  };
}

/** The cursor of the order in the middle, as the API writes it. */
async function middle(database: Database): Promise<string> {
  const [order] = await database.query<{ id: string; created_at: Date }>(
    `SELECT id, created_at FROM orders ORDER BY created_at DESC, id DESC OFFSET (SELECT count(*) / 2 FROM orders) LIMIT 1`,
  );
  if (!order) throw new Error('No orders');
  return Buffer.from(`${order.created_at.toISOString()} ${order.id}`).toString('base64url');
}

/** What memory is measured with. */
export const PLACE_ORDERS = placing('POST /orders', { targets: [...ORDER_TARGETS, PGBENCH] });

/** Orders first: what is read afterwards is read from processes that have worked, as in a shop. */
export const WORKLOADS: Workload[] = [
  PLACE_ORDERS,
  placing('POST /orders with a key', { writes: 'orders and keys', connections: [32] }),
  placing('POST /orders, provider at 50 ms', { providerMs: 50 }),
  placing('POST /orders with a key, provider at 50 ms', {
    providerMs: 50,
    writes: 'orders and keys',
    connections: [32],
  }),
  {
    name: 'PATCH /orders/{id}/status',
    targets: ORDER_TARGETS,
    connections: ALL_CONNECTIONS,
    writes: 'transitions',
    plan: async ({ database }, { customerId, manager }, { number, seconds }) => ({
      status: 200,
      ids: await seedOrders(database, customerId, {
        name: `visit ${number}`,
        orders: STATUS_ORDERS_PER_SECOND * seconds,
      }),
      requests: ['preparation', 'ready', 'delivered'].map((status) => ({
        method: 'PATCH',
        path: `${PREFIX}/orders/:id/status`,
        headers: { ...manager, ...JSON_BODY },
        body: JSON.stringify({ status }),
      })),
    }),
  },
  {
    name: 'GET /orders/{id}',
    targets: ORDER_TARGETS,
    connections: ALL_CONNECTIONS,
    plan: async ({ database }, { customerId, customer }) => ({
      status: 200,
      ids: await seedOrders(database, customerId, { name: 'to be read', orders: READ }),
      idsMayRepeat: true,
      requests: [{ method: 'GET', path: `${PREFIX}/orders/:id`, headers: customer }],
    }),
  },
  {
    name: 'GET /menu',
    targets: [PRODUCT, 'express-hello'],
    connections: ALL_CONNECTIONS,
    plan: async () => ({ status: 200, requests: [{ method: 'GET', path: `${PREFIX}/menu`, headers: {} }] }),
  },
  {
    name: 'GET /menu, not modified',
    targets: [PRODUCT, 'express-hello'],
    connections: [32],
    plan: async (target) => {
      const known = await fetch(`${target.servers[0]?.url ?? ''}${PREFIX}/menu`);
      const headers = { 'If-None-Match': known.headers.get('etag') ?? '' };
      return { status: 304, requests: [{ method: 'GET', path: `${PREFIX}/menu`, headers }] };
    },
  },
  listing('first page', async () => ''),
  listing('page in the middle', async (database) => `?cursor=${await middle(database)}`),
  listing('by status', async () => '?status=ready'),
  {
    name: 'POST /auth/token',
    targets: ORDER_TARGETS,
    connections: [32],
    plan: async () => ({
      status: 200,
      requests: [
        {
          method: 'POST',
          path: `${PREFIX}/auth/token`,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: 'username=customer%40example.com&password=customer123',
        },
      ],
    }),
  },
];
