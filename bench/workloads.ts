import type { LoadRequest } from './load.js';
import type { Database } from './postgres.js';
import { seedOrders } from './seed-orders.js';
import { HISTORY_SIZES, PAST, PGBENCH, PRODUCT } from './targets.js';
import type { Workload } from './workload.js';

const PREFIX = '/api/v1';
const JSON_BODY = { 'Content-Type': 'application/json' };
const ALL_CONNECTIONS = [32, 1, 256];
const ORDER_TARGETS = [PRODUCT, 'fastify-pg', 'nest-typeorm'];
const MENU_TARGETS = [PRODUCT, 'express-hello'];
const ORDERS_TO_READ = 10_000;
/** More than any target can move through its three status changes. */
const STATUS_ORDERS_PER_SECOND = 1_500;
/** More than the product can cancel. */
const CANCELLED_ORDERS_PER_SECOND = 4_000;

export const CHANGE_STATUS = 'PATCH /orders/{id}/status';
export const CANCEL_ORDERS = 'POST /orders/{id}/cancel';

/** Also the workload of the soak test. */
export const PLACE_ORDERS = placeOrders('POST /orders', { targets: [...ORDER_TARGETS, PGBENCH] });

/** Orders come first, so that reads are measured in processes that have placed orders, as in production. */
export const WORKLOADS: Workload[] = [
  PLACE_ORDERS,
  placeOrders('POST /orders with a key', { writes: 'orders and keys', connections: [32] }),
  // The rows are not counted, because orders are moved on meanwhile.
  placeOrders('POST /orders, 50 screens', { screens: 50, connections: [32], writes: undefined }),
  placeOrders('POST /orders, provider at 50 ms', { providerMs: 50 }),
  placeOrders('POST /orders with a key, provider at 50 ms', {
    providerMs: 50,
    writes: 'orders and keys',
    connections: [32],
  }),
  {
    name: CHANGE_STATUS,
    targets: ORDER_TARGETS,
    connections: ALL_CONNECTIONS,
    writes: 'transitions',
    plan: async ({ database }, { customerId, managerHeaders }, { number, seconds }) => ({
      expectedStatus: 200,
      ids: await seedOrders(database, customerId, {
        name: `measurement ${number}`,
        orders: STATUS_ORDERS_PER_SECOND * seconds,
      }),
      requests: ['preparation', 'ready', 'delivered'].map((status) => ({
        method: 'PATCH',
        path: `${PREFIX}/orders/:id/status`,
        headers: { ...managerHeaders, ...JSON_BODY },
        body: JSON.stringify({ status }),
      })),
    }),
  },
  {
    name: CANCEL_ORDERS,
    targets: [PRODUCT],
    connections: [32],
    writes: 'transitions',
    plan: async ({ database }, { customerId, managerHeaders }, { number, seconds }) => ({
      expectedStatus: 200,
      ids: await seedOrders(database, customerId, {
        name: `measurement ${number}`,
        orders: CANCELLED_ORDERS_PER_SECOND * seconds,
        placements: true,
      }),
      requests: [{ method: 'POST', path: `${PREFIX}/orders/:id/cancel`, headers: managerHeaders }],
    }),
  },
  {
    name: 'GET /orders/{id}',
    targets: ORDER_TARGETS,
    connections: ALL_CONNECTIONS,
    plan: async ({ database }, { customerId, customerHeaders }) => ({
      expectedStatus: 200,
      ids: await seedOrders(database, customerId, { name: 'to read', orders: ORDERS_TO_READ }),
      idsMayRepeat: true,
      requests: [get('/orders/:id', customerHeaders)],
    }),
  },
  {
    name: 'GET /menu',
    targets: MENU_TARGETS,
    connections: ALL_CONNECTIONS,
    plan: async () => ({ expectedStatus: 200, requests: [get('/menu')] }),
  },
  {
    name: 'GET /menu, not modified',
    targets: MENU_TARGETS,
    connections: [32],
    plan: async ({ servers }) => {
      const menu = await fetch(`${servers[0]?.url ?? ''}${PREFIX}/menu`);
      const headers = { 'If-None-Match': menu.headers.get('etag') ?? '' };
      return { expectedStatus: 304, requests: [get('/menu', headers)] };
    },
  },
  {
    name: 'GET /orders, first page of 20',
    targets: Object.keys(HISTORY_SIZES),
    connections: [32],
    plan: async (_target, { customerHeaders }) => ({
      expectedStatus: 200,
      requests: [get('/orders?limit=20', customerHeaders)],
    }),
  },
  {
    name: 'GET /orders/{id}/timeline',
    targets: Object.keys(HISTORY_SIZES),
    connections: [32],
    plan: async ({ database }, { customerId, customerHeaders }) => ({
      expectedStatus: 200,
      // The newest of the history: they exist, so nothing is inserted.
      ids: await seedOrders(database, customerId, { name: PAST, orders: ORDERS_TO_READ }),
      idsMayRepeat: true,
      requests: [get('/orders/:id/timeline', customerHeaders)],
    }),
  },
  listOrders('first page', async () => ''),
  listOrders('page in the middle', async (database) => `?cursor=${await middleCursor(database)}`),
  listOrders('by status', async () => '?status=ready'),
  {
    name: 'POST /auth/token',
    targets: ORDER_TARGETS,
    connections: [32],
    plan: async () => ({
      expectedStatus: 200,
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

function get(path: string, headers: Record<string, string> = {}): LoadRequest {
  return { method: 'GET', path: `${PREFIX}${path}`, headers };
}

function placeOrders(name: string, options: Partial<Workload>): Workload {
  const hasKeys = options.writes === 'orders and keys';
  return {
    name,
    targets: ORDER_TARGETS,
    connections: ALL_CONNECTIONS,
    writes: 'orders',
    // Sent by a manager, because a customer has at most five charges at once.
    plan: async (_target, { managerHeaders, orderBody }, { number }) => ({
      expectedStatus: 201,
      requests: [
        {
          method: 'POST',
          path: `${PREFIX}/orders`,
          headers: { ...managerHeaders, ...JSON_BODY },
          body: orderBody,
        },
      ],
      ...(hasKeys && { keyPrefix: `measurement-${number}` }),
    }),
    ...options,
  };
}

function listOrders(name: string, queryOf: (database: Database) => Promise<string>): Workload {
  return {
    name: `GET /admin/orders, ${name}`,
    targets: Object.keys(HISTORY_SIZES),
    connections: [32],
    plan: async ({ database }, { managerHeaders }) => ({
      expectedStatus: 200,
      requests: [get(`/admin/orders${await queryOf(database)}`, managerHeaders)],
    }),
  };
}

/** The cursor of the order in the middle of the list, in the format of the API. */
async function middleCursor(database: Database): Promise<string> {
  const [order] = await database.query<{ id: string; created_at: Date }>(
    `SELECT id, created_at FROM orders
      ORDER BY created_at DESC, id DESC OFFSET (SELECT count(*) / 2 FROM orders) LIMIT 1`,
  );
  if (!order) throw new Error('The database has no orders');
  return Buffer.from(`${order.created_at.toISOString()} ${order.id}`).toString('base64url');
}
