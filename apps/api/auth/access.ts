import { ROLES, type Role } from '#users';

/** Everyone, also without a token, or users with one of the roles. */
export type Allowed = 'everyone' | readonly Role[];

const ALL_USERS: Allowed = ROLES;
const BUYERS: Allowed = ['customer', 'manager'];
const STAFF: Allowed = ['barista', 'manager'];
const MANAGERS: Allowed = ['manager'];

/** Who may call each route; the API's prefix is left out. A route that is not listed is closed to everybody. */
export const ACCESS = {
  'GET /': 'everyone',
  'GET /health/live': 'everyone',
  'GET /health/ready': 'everyone',
  'GET /menu': 'everyone',
  'GET /shop': 'everyone',
  'POST /auth/token': 'everyone',
  'POST /auth/revoke': 'everyone',
  'POST /auth/register': 'everyone',
  'GET /auth/me': ALL_USERS,
  'POST /auth/password': ALL_USERS,
  'POST /auth/stream-ticket': ALL_USERS,
  'POST /orders': BUYERS,
  'GET /orders': ALL_USERS,
  'GET /orders/{id}': ALL_USERS,
  'GET /orders/{id}/timeline': ALL_USERS,
  'GET /orders/{id}/stream': ALL_USERS,
  'PATCH /orders/{id}/status': STAFF,
  'POST /orders/{id}/cancel': ALL_USERS,
  'POST /orders/{id}/refunds': MANAGERS,
  'GET /orders/{id}/refunds': BUYERS,
  'GET /orders/{id}/refunds/{refund_id}': BUYERS,
  'GET /admin/users': MANAGERS,
  'POST /admin/users': MANAGERS,
  'GET /admin/users/{id}': MANAGERS,
  'PATCH /admin/users/{id}': MANAGERS,
  'GET /admin/board': STAFF,
  'GET /admin/board/stream': STAFF,
  'GET /admin/orders': MANAGERS,
  'POST /admin/products': MANAGERS,
  'GET /admin/products/{id}': MANAGERS,
  'PATCH /admin/products/{id}': MANAGERS,
  'DELETE /admin/products/{id}': MANAGERS,
  'PUT /admin/products/{id}/availability': STAFF,
  'PUT /admin/products/{id}/variations/{variation_id}/availability': STAFF,
  'PUT /admin/shop/hours': MANAGERS,
  'PUT /admin/shop/pause': STAFF,
  'DELETE /admin/shop/pause': STAFF,
  'PUT /admin/shop/limits': MANAGERS,
  'GET /admin/placements': MANAGERS,
  'GET /admin/placements/{id}': MANAGERS,
  'POST /admin/placements/{id}/resolve': MANAGERS,
  'GET /admin/refunds': MANAGERS,
  'POST /admin/refunds/{id}/resolve': MANAGERS,
  'GET /admin/notifications': MANAGERS,
  'POST /admin/notifications/redrive': MANAGERS,
  'POST /admin/notifications/{id}/redrive': MANAGERS,
  'GET /admin/reports/days/{date}': MANAGERS,
  'GET /admin/audit': MANAGERS,
} satisfies Record<string, Allowed>;

/** A method and a path of ACCESS, for example `GET /orders/{id}`. */
export type Route = keyof typeof ACCESS;
