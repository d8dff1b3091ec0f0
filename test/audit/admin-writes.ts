import type { Route } from '../../apps/api/auth/access.js';
import type { AuditAction } from '#audit';
import type { AuditContext } from './audit-context.js';

/** The subject and the body of a write. */
export interface Target {
  id?: string;
  /** Of a second id in the path. */
  memberId?: string;
  body?: object;
}

/** A write of the staff that is recorded. */
export interface AdminWrite {
  action: AuditAction;
  /** Returns what the write succeeds with, once. */
  prepare(context: AuditContext): Promise<Target>;
  takesNoBody?: boolean;
  takesIfMatch?: boolean;
  /** A repetition is another write. */
  repeats?: boolean;
}

const RESOLUTION = { note: 'seen in the dashboard' };

/** Every route with which the staff changes something. */
export const ADMIN_WRITES: Partial<Record<Route, AdminWrite>> = {
  'POST /admin/products': {
    action: 'product.create',
    prepare: async (context) => ({ body: context.newProduct() }),
  },
  'PATCH /admin/products/{id}': {
    action: 'product.update',
    prepare: async (context) => ({ id: await context.createProduct(), body: { base_price_cents: 310 } }),
    takesIfMatch: true,
  },
  'DELETE /admin/products/{id}': {
    action: 'product.withdraw',
    prepare: async (context) => ({ id: await context.createProduct() }),
    takesNoBody: true,
    takesIfMatch: true,
  },
  'PUT /admin/products/{id}/availability': {
    action: 'product.availability',
    prepare: async (context) => ({ id: await context.createProduct(), body: { sold_out: true } }),
    takesIfMatch: true,
  },
  'PUT /admin/products/{id}/variations/{variation_id}/availability': {
    action: 'product.availability',
    prepare: async (context) => {
      const id = await context.createProduct({ variations: [{ name: 'Oat' }] });
      const { body } = await context.manager.get(`/api/v1/admin/products/${id}`).expect(200);
      return { id, memberId: body.variations[0].id, body: { sold_out: true } };
    },
    takesIfMatch: true,
  },
  'PUT /admin/shop/hours': {
    action: 'shop.hours',
    prepare: (context) => Promise.resolve({ body: context.newHours() }),
    takesIfMatch: true,
  },
  'PUT /admin/shop/pause': {
    action: 'shop.pause',
    prepare: async (context) => {
      await context.resume();
      return { body: { until: '2100-01-01T00:00:00Z', reason: 'The grinder is broken' } };
    },
    takesIfMatch: true,
  },
  'DELETE /admin/shop/pause': {
    action: 'shop.resume',
    prepare: async (context) => {
      await context.pause();
      return {};
    },
    takesNoBody: true,
    takesIfMatch: true,
  },
  'PUT /admin/shop/limits': {
    action: 'shop.limits',
    prepare: (context) => Promise.resolve({ body: context.newLimit() }),
    takesIfMatch: true,
  },
  'POST /admin/users': {
    action: 'user.create',
    prepare: async (context) => ({ body: context.newUser() }),
  },
  'PATCH /admin/users/{id}': {
    action: 'user.update',
    prepare: async (context) => ({ id: (await context.app.customer()).id, body: { disabled: true } }),
    takesIfMatch: true,
  },
  'PATCH /orders/{id}/status': {
    action: 'order.status',
    prepare: async (context) => ({ id: (await context.placeOrder()).id, body: { status: 'preparation' } }),
    takesIfMatch: true,
  },
  'POST /orders/{id}/cancel': {
    action: 'order.cancel',
    prepare: async (context) => ({ id: (await context.placeOrder()).id, body: { reason: 'closing' } }),
    takesIfMatch: true,
  },
  'POST /orders/{id}/refunds': {
    action: 'refund.create',
    prepare: async (context) => ({
      id: (await context.placeOrder()).id,
      body: { amount_cents: 430, reason: 'quality' },
    }),
  },
  'POST /admin/refunds/{id}/resolve': {
    action: 'refund.resolve',
    prepare: async (context) => ({
      id: await context.unknownRefund(),
      body: { ...RESOLUTION, outcome: 'refunded' },
    }),
    repeats: true,
  },
  'POST /admin/placements/{id}/resolve': {
    action: 'placement.resolve',
    prepare: async (context) => ({
      id: await context.unknownPlacement(),
      body: { ...RESOLUTION, outcome: 'not_charged' },
    }),
    repeats: true,
  },
  'POST /admin/notifications/{id}/redrive': {
    action: 'notification.redrive',
    prepare: async (context) => ({ id: await context.deadNotification() }),
    takesNoBody: true,
  },
  'POST /admin/notifications/redrive': {
    action: 'notification.redrive_all',
    prepare: async (context) => {
      await context.deadNotification();
      return { body: {} };
    },
  },
};
