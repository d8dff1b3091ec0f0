import type { Route } from '../auth/access.js';

/** The intervals of a day whose times are to be filled in. */
const OPEN_DAY = [['', '']];

/**
 * What /docs fills into a body whose example would give money back, decide about a payment, change a setting or add a user if it were
 * sent by mistake. Each is refused with 422 until it is completed.
 */
export const PREFILLED_BODIES: Partial<Record<Route, object>> = {
  'POST /orders/{id}/refunds': { amount_cents: 0, reason: '', note: '' },
  'POST /admin/placements/{id}/resolve': { outcome: '', note: '' },
  'POST /admin/refunds/{id}/resolve': { outcome: '', note: '' },
  'PUT /admin/shop/hours': {
    weekly: {
      mon: OPEN_DAY,
      tue: OPEN_DAY,
      wed: OPEN_DAY,
      thu: OPEN_DAY,
      fri: OPEN_DAY,
      sat: OPEN_DAY,
      sun: [],
    },
    exceptions: [],
  },
  'PUT /admin/shop/pause': { minutes: 0, reason: '' },
  'PUT /admin/shop/limits': { max_open_orders: 0 },
  'POST /admin/users': { email: '', role: 'barista', password: '' },
  'POST /auth/register': { email: '', password: '' },
  'POST /auth/password': { current_password: '', new_password: '' },
};

/** The same for examples that only a shop with a sandbox may carry out: in production they charge a customer, or change the menu. */
export const PREFILLED_BODIES_OF_PRODUCTION: Partial<Record<Route, object>> = {
  'POST /orders': { items: [{ product_id: '', variation_id: '', quantity: 1 }] },
  'POST /admin/products': { name: '', base_price_cents: 0, variations: [] },
};
