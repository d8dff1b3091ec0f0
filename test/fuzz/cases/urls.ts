import { rows, type BadRequest, type RequestBuilder } from '../bad-request.js';
import type { FuzzContext } from '../fuzz-context.js';

const UNKNOWN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

function get(path: string): RequestBuilder {
  return () => ({ method: 'GET', path });
}

function list(query: string, field: string): [string, RequestBuilder, number, string] {
  return [
    query,
    ({ manager }) => ({ as: manager, method: 'GET', path: `/api/v1/admin/orders?${query}` }),
    422,
    field,
  ];
}

function onOrder(method: string): RequestBuilder {
  return ({ waitingOrderId }: FuzzContext) => ({ method, path: `/api/v1/orders/${waitingOrderId}` });
}

/** Paths, methods and queries. */
export const URLS: BadRequest[] = rows(102, [
  ['an id that is no UUID', get('/api/v1/orders/not-a-uuid'), 422, 'id'],
  ['a NUL for an id', get('/api/v1/orders/%00'), 422, 'id'],
  ['a way out of its folder', get('/api/v1/orders/..%2fadmin'), 422, 'id'],
  ['an unknown order', get(`/api/v1/orders/${UNKNOWN}`), 404, 'Order not found'],
  [
    "another customer's order",
    ({ otherCustomer, waitingOrderId }) => ({
      as: otherCustomer,
      method: 'GET',
      path: `/api/v1/orders/${waitingOrderId}`,
    }),
    404,
    'Order not found',
  ],
  ['a broken escape', get('/api/v1/orders/%zz'), 400],
  ['DELETE of an order', onOrder('DELETE'), 404],
  ['TRACE of an order', onOrder('TRACE'), 404],
  ['an unknown route', get('/api/v1/beans'), 404],
  list('page=-1', 'page'),
  list('limit=0', 'limit'),
  list('limit=1e9', 'limit'),
  list('limit=abc', 'limit'),
  list('status=foo', 'status'),
  list('status=ready&status=waiting', 'status'),
  ['20 KB of query', get(`/api/v1/menu?q=${'x'.repeat(20_000)}`), 431],
  list('__proto__[x]=1', '__proto__[x]'),
  [
    'a wish for HTML',
    ({ waitingOrderId }) => ({
      method: 'GET',
      path: `/api/v1/orders/${waitingOrderId}`,
      headers: [['Accept', 'text/html']],
    }),
    200,
  ],
  list('cursor=x', 'cursor'),
  list('cursor=', 'cursor'),
  [
    'a body where none is read',
    ({ waitingOrderId }) => ({
      method: 'GET',
      path: `/api/v1/orders/${waitingOrderId}`,
      body: '{',
      headers: [['Content-Type', 'text/plain']],
    }),
    200,
  ],
  list('limit=1&limit=2', 'limit'),
  ['an id of 4,000 digits', get(`/api/v1/orders/${'0'.repeat(4_000)}`), 422, 'id'],
]);
