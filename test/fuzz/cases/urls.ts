import { badRequests, type BadRequest, type BadRequestRow, type RequestBuilder } from '../bad-request.js';
import { UNKNOWN_ID } from '../fuzz-context.js';

function get(path: string): RequestBuilder {
  return () => ({ method: 'GET', path });
}

function listOrders(query: string, field: string): BadRequestRow {
  return [
    `?${query}`,
    ({ manager }) => ({ as: manager, method: 'GET', path: `/api/v1/admin/orders?${query}` }),
    422,
    field,
  ];
}

function onOrder(method: string, rest: Partial<ReturnType<RequestBuilder>> = {}): RequestBuilder {
  return ({ waitingOrderId }) => ({ method, path: `/api/v1/orders/${waitingOrderId}`, ...rest });
}

/** Paths, methods and query parameters. */
export const URLS: BadRequest[] = badRequests([
  ['an id that is not a UUID', get('/api/v1/orders/not-a-uuid'), 422, 'id'],
  ['an id with NUL', get('/api/v1/orders/%00'), 422, 'id'],
  ['an id with a path traversal', get('/api/v1/orders/..%2fadmin'), 422, 'id'],
  ['an id of 4,000 digits', get(`/api/v1/orders/${'0'.repeat(4_000)}`), 422, 'id'],
  ['an unknown order', get(`/api/v1/orders/${UNKNOWN_ID}`), 404, 'Order not found'],
  [
    "another customer's order",
    (context) => ({ ...onOrder('GET')(context), as: context.otherCustomer }),
    404,
    'Order not found',
  ],
  ['an invalid percent-encoding', get('/api/v1/orders/%zz'), 400],
  ['DELETE on an order', onOrder('DELETE'), 405],
  ['TRACE on an order', onOrder('TRACE'), 405],
  ['an unknown route', get('/api/v1/beans'), 404],
  ['a query of 20 KB', get(`/api/v1/menu?q=${'x'.repeat(20_000)}`), 431],
  ['Accept: text/html', onOrder('GET', { headers: [['Accept', 'text/html']] }), 200],
  [
    'a GET request with an invalid body',
    onOrder('GET', { body: '{', headers: [['Content-Type', 'text/plain']] }),
    200,
  ],
  listOrders('page=-1', 'page'),
  listOrders('limit=0', 'limit'),
  listOrders('limit=1e9', 'limit'),
  listOrders('limit=abc', 'limit'),
  listOrders('limit=1&limit=2', 'limit'),
  listOrders('status=foo', 'status'),
  listOrders('status=ready&status=waiting', 'status'),
  listOrders('__proto__[x]=1', '__proto__[x]'),
  listOrders('cursor=x', 'cursor'),
  listOrders('cursor=', 'cursor'),
]);
