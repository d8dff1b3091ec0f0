import { randomUUID } from 'node:crypto';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS, type Allowed } from '../../apps/api/auth/access.js';
import { ROUTE } from '../../apps/api/auth/auth.decorators.js';
import { ROLES, type Role } from '#users';
import { documentedOperations, PATH_PARAMETER, type Operation } from '../support/openapi-document.js';
import { chargeAndReset } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** The routes below /admin that a barista may call, in the order of ACCESS. */
const COUNTER_ROUTES = [
  'GET /admin/board',
  'GET /admin/board/stream',
  'PUT /admin/products/{id}/availability',
  'PUT /admin/products/{id}/variations/{variation_id}/availability',
  'PUT /admin/shop/pause',
  'DELETE /admin/shop/pause',
];

interface Caller {
  name: string;
  person: Person;
  /** The role that opens routes, if any. */
  role?: Role;
  /** The code of the problem at routes that are closed to the caller. */
  refusal: string;
}

describe('documented routes', () => {
  let app: TestApp;
  let operations: Map<string, Operation>;
  let callers: Caller[];

  beforeAll(async () => {
    app = await TestApp.start();
    const documented = await documentedOperations(app.url);
    operations = new Map(documented.map((operation) => [operation.name.replace('/api/v1/', '/'), operation]));
    callers = [
      { name: 'anonymous', person: app.anonymous(), refusal: 'not_authenticated' },
      ...(await Promise.all(
        ROLES.map(async (role) => ({
          name: role,
          person: await app[role](),
          role,
          refusal: 'insufficient_permissions',
        })),
      )),
      { name: 'disabled manager', person: await disabledManager(), refusal: 'invalid_token' },
    ];
  });
  afterAll(() => app.close());

  async function disabledManager(): Promise<Person> {
    const [manager, disabled] = await Promise.all([app.manager(), app.manager()]);
    await manager.patch(`/api/v1/admin/users/${disabled.id}`, { disabled: true }).expect(200);
    return disabled;
  }

  /** Sends an unknown id and no body: a caller with access gets another problem than a refusal. */
  async function refusalOf({ person }: Caller, route: string): Promise<string | undefined> {
    const { method, path } = operations.get(route)!;
    const url = person.url + path.replaceAll(PATH_PARAMETER, randomUUID());
    const headers = person.token ? { Authorization: `Bearer ${person.token}` } : undefined;
    const response = await fetch(url, { method, headers });
    if (response.status === 401 || response.status === 403) {
      const { code } = (await response.json()) as { code: string };
      return code;
    }
    // A stream does not end by itself.
    await response.body?.cancel();
    return undefined;
  }

  it('are exactly those of ACCESS', () => {
    expect([...operations.keys()].toSorted()).toEqual(Object.keys(ACCESS).toSorted());
  });

  it('are closed to customers below /admin, and open to baristas only where the counter needs them', () => {
    const admin = Object.entries<Allowed>(ACCESS).filter(([route]) => route.includes(' /admin/'));

    expect(admin.filter(([, allowed]) => allowed.includes('customer'))).toEqual([]);
    expect(admin.filter(([, allowed]) => allowed.includes('barista')).map(([route]) => route)).toEqual(
      COUNTER_ROUTES,
    );
  });

  it('are served by handlers with the access of their own route', () => {
    const controllers = [...app.api.get(ModulesContainer).values()]
      .flatMap((module) => [...module.controllers.values()])
      .map(({ instance }) => instance as Record<string, () => unknown>);
    const reflector = app.api.get(Reflector);

    for (const [route, { operationId }] of operations) {
      const handler = controllers.find((controller) => operationId in controller)![operationId]!;
      expect([operationId, reflector.get(ROUTE, handler)]).toEqual([operationId, route]);
    }
  });

  it.each(Object.entries<Allowed>(ACCESS))('%s is open exactly to %s', async (route, allowed) => {
    for (const caller of callers) {
      const isOpen = allowed === 'everyone' || (caller.role !== undefined && allowed.includes(caller.role));
      const expected = isOpen ? undefined : caller.refusal;
      expect([caller.name, await refusalOf(caller, route)]).toEqual([caller.name, expected]);
    }
  });
});

describe("another customer's order", () => {
  let app: TestApp;
  let owner: Person;
  let otherCustomer: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [owner, otherCustomer] = await Promise.all([app.customer(), app.customer()]);
  });
  afterAll(() => app.close());

  it('gets the same 404 as an unknown order', async () => {
    const order = await owner.placeOrder(['Latte', 'Vanilla']);
    const notFound = async (id: string): Promise<string> => {
      const { text, body } = await otherCustomer.get(`/api/v1/orders/${id}`).expect(404);
      return text.replaceAll(id, '').replace(body.request_id, '');
    };

    expect(await notFound(order.id)).toBe(await notFound(randomUUID()));
    await owner.get(`/api/v1/orders/${order.id}`).expect(200);
    await (await app.manager()).get(`/api/v1/orders/${order.id}`).expect(200);
  });

  it('cannot be changed', async () => {
    const order = await owner.placeOrder(['Latte', 'Vanilla']);

    await otherCustomer.changeStatus(order.id, 'preparation').expect(403);

    expect((await owner.get(`/api/v1/orders/${order.id}`)).body).toEqual(order);
  });

  it('cannot be listed', async () => {
    await owner.placeOrder(['Latte', 'Vanilla']);

    await otherCustomer.get('/api/v1/admin/orders').expect(403);
    expect((await otherCustomer.get('/api/v1/orders').expect(200)).body).toEqual([]);
  });

  it('cannot be seen or resolved by customers while its charge is unknown', async () => {
    app.payments.once(chargeAndReset);
    const { body } = await owner.placeWithKey(await owner.orderFor(['Latte', 'Vanilla'])).expect(503);
    const manager = await app.manager();
    const path = `/api/v1/admin/placements?order_id=${body.order_id}`;
    const placement: string = (await manager.get(path).expect(200)).body[0].id;

    for (const person of [owner, otherCustomer]) {
      await person.get(path).expect(403);
      await person.get(`/api/v1/admin/placements/${placement}`).expect(403);
      const resolution = { outcome: 'not_charged', note: 'I promise' };
      await person.post(`/api/v1/admin/placements/${placement}/resolve`, resolution).expect(403);
    }
  });
});
