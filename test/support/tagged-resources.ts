import { randomUUID } from 'node:crypto';
import type { Response, Test } from 'supertest';
import type { Person } from './person.js';

const PRODUCTS = '/api/v1/admin/products';
const USERS = '/api/v1/admin/users';

/** A resource with an ETag, and how clients create, read and change it. */
export interface TaggedResource {
  create: () => Promise<Response>;
  read: (id: string) => Test;
  change: (id: string) => Test;
  /** Another change, possible after the first. */
  changeAgain: (id: string) => Test;
}

export function taggedOrder(customer: Person, manager: Person): TaggedResource {
  return {
    create: async () =>
      customer.post('/api/v1/orders', {
        ...(await customer.orderFor(['Latte', 'Vanilla'])),
        metadata: { z: 1, a: [{ y: 2, b: 1e-21 }], 10: null },
      }),
    read: (id) => customer.get(`/api/v1/orders/${id}`),
    change: (id) => manager.changeStatus(id, 'preparation'),
    changeAgain: (id) => manager.changeStatus(id, 'ready'),
  };
}

export function taggedProduct(manager: Person): TaggedResource {
  return {
    create: async () =>
      manager.post(PRODUCTS, {
        name: `Product ${randomUUID()}`,
        base_price_cents: 300,
        variations: [{ name: 'Small' }],
      }),
    read: (id) => manager.get(`${PRODUCTS}/${id}`),
    change: (id) => manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 310 }),
    changeAgain: (id) => manager.patch(`${PRODUCTS}/${id}`, { variations: [{ name: 'Large' }] }),
  };
}

export function taggedUser(manager: Person): TaggedResource {
  return {
    create: async () =>
      manager.post(USERS, {
        email: `${randomUUID()}@example.com`,
        role: 'customer',
        password: 'three blue cups of tea',
      }),
    read: (id) => manager.get(`${USERS}/${id}`),
    change: (id) => manager.patch(`${USERS}/${id}`, { role: 'barista' }),
    changeAgain: (id) => manager.patch(`${USERS}/${id}`, { disabled: true }),
  };
}
