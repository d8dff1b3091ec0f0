import { randomUUID } from 'node:crypto';
import type { AsyncCommand } from 'fast-check';
import type { Role } from '#users';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import type { RefundDto } from '../../apps/api/refunds/dto/refund.dto.js';
import { decline } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import type { TestApp } from '../support/test-app.js';

export const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'];

/** The expected state. */
export interface Model {
  priceCents: number;
  /** The request and its response for each key; null if the key is unused. */
  responses: ({ quantity: number; status: number; text: string } | null)[];
  orders: OrderDto[];
  /** What was asked back of each order, in cents. */
  refundCents: Map<string, number>;
  charges: number;
}

/** The app under test, with the users, the product and the keys of one run. */
export interface System {
  app: TestApp;
  customer: Person;
  barista: Person;
  manager: Person;
  productId: string;
  variationId: string;
  keys: string[];
  /** Charges of earlier runs. */
  initialCharges: number;
}

type Command = AsyncCommand<Model, System>;

/** @param name appears in the report of a failure */
function command(name: string, run: Command['run'], check: Command['check'] = () => true): Command {
  return { check, run, toString: () => name };
}

const hasOrders: Command['check'] = ({ orders }) => orders.length > 0;

export function placeOrder(key: number, quantity: number, isDeclined: boolean): Command {
  return command(
    `place ${quantity} with key ${key}${isDeclined ? ', declined' : ''}`,
    async (model, system) => {
      const earlier = model.responses[key];
      const { app, customer, productId, variationId } = system;
      // A total of 0 is not sent to the provider.
      const isCharged = model.priceCents > 0;
      if (isCharged && isDeclined && !earlier) app.payments.once(decline());
      const body = { items: [{ product_id: productId, variation_id: variationId, quantity }] };
      const response = await customer.placeWithKey(body, system.keys[key]);
      if (earlier) {
        const isSameBody = earlier.quantity === quantity;
        expect(response.status).toBe(!isSameBody ? 422 : earlier.status === 201 ? 200 : 402);
        if (isSameBody) expect(response.text).toBe(earlier.text);
        return;
      }
      expect(response.status).toBe(isCharged && isDeclined ? 402 : 201);
      model.responses[key] = { quantity, status: response.status, text: response.text };
      if (response.status === 402) return;
      expect(response.body.total_cents).toBe(quantity * model.priceCents);
      model.orders.push(response.body);
      if (isCharged) model.charges += 1;
    },
  );
}

export function changeStatus(index: number, status: string): Command {
  return command(
    `change order ${index} to ${status}`,
    async (model, { manager }) => {
      const order = model.orders[index % model.orders.length]!;
      const isOpen = STATUSES.includes(order.status);
      const isNext = isOpen && STATUSES.indexOf(status) === STATUSES.indexOf(order.status) + 1;
      const response = await manager.changeStatus(order.id, status);
      expect(response.status).toBe(isNext ? 200 : 400);
      if (isNext) Object.assign(order, { status, updated_at: response.body.updated_at });
    },
    hasOrders,
  );
}

export function cancelOrder(index: number, role: Role): Command {
  return command(
    `cancel order ${index} as ${role}`,
    async (model, system) => {
      const order = model.orders[index % model.orders.length]!;
      const isDone = order.status === 'cancelled';
      const isAllowed = order.status === 'waiting' || (role === 'manager' && order.status !== 'delivered');
      const response = await system[role].post(`/api/v1/orders/${order.id}/cancel`);
      expect(response.status).toBe(isDone || isAllowed ? 200 : 409);
      if (isAllowed && !isDone) {
        const { updated_at: at } = response.body;
        const cancellation = { at, reason: null, by_role: role };
        Object.assign(order, { status: 'cancelled', updated_at: at, cancellation });
        model.refundCents.set(order.id, order.total_cents);
      }
      if (response.status === 200) expect(response.body).toEqual(order);
    },
    hasOrders,
  );
}

export function requestRefund(index: number, cents: number): Command {
  return command(
    `refund ${cents} of order ${index}`,
    async ({ orders, refundCents }, { manager }) => {
      const { id, total_cents: total } = orders[index % orders.length]!;
      const asked = refundCents.get(id) ?? 0;
      const body = { amount_cents: cents, reason: 'quality' };
      const response = await manager.post(`/api/v1/orders/${id}/refunds`, body);
      expect(response.status).toBe(asked + cents <= total ? 201 : 409);
      if (response.status === 409) expect(response.body.refundable_cents).toBe(total - asked);
      else refundCents.set(id, asked + cents);
    },
    hasOrders,
  );
}

export function changePrice(cents: number): Command {
  return command(`change the price to ${cents}`, async (model, { manager, productId }) => {
    const change = { name: `Flat White ${randomUUID()}`, base_price_cents: cents };
    await manager.patch(`/api/v1/admin/products/${productId}`, change).expect(200);
    model.priceCents = cents;
  });
}

export function readOrder(index: number): Command {
  return command(
    `read order ${index}`,
    async ({ orders, refundCents }, { customer, app, manager }) => {
      const order = orders[index % orders.length]!;
      const refunds: RefundDto[] = (await customer.get(`/api/v1/orders/${order.id}/refunds`)).body;
      const asked = refunds.reduce((sum, { amount_cents: cents }) => sum + cents, 0);
      expect(asked).toBe(refundCents.get(order.id) ?? 0);
      expect((await customer.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
      expect((await manager.get('/api/v1/admin/orders?limit=100').expect(200)).body).toContainEqual(order);
      const own = await customer.get('/api/v1/orders?limit=100').expect(200);
      expect(own.body).toEqual(orders.toReversed());
      await (await app.customer()).get(`/api/v1/orders/${order.id}`).expect(404);
    },
    hasOrders,
  );
}

export const countCharges = command('count the charges', async (model, { app, initialCharges }) => {
  expect(app.payments.charges.length - initialCharges).toBe(model.charges);
});
