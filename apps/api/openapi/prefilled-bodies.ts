import type { Route } from '../auth/access.js';

/** The intervals of a day whose times are to be filled in. */
const OPEN_DAY = [['', '']];

/**
 * What /docs fills into a body whose example would move money, change a setting or add a user if it were sent by mistake. Each is
 * refused with 422 until it is completed.
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
