import { randomUUID } from 'node:crypto';
import type { Person } from './support/person.js';
import { taggedOrder, taggedProduct, taggedUser, type TaggedResource } from './support/tagged-resources.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';
const STALE = '"stale"';

let app: TestApp;
let ana: Person;
let manager: Person;
let resources: Record<string, TaggedResource>;

beforeAll(async () => {
  app = await TestApp.start();
  [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  resources = {
    order: taggedOrder(ana, manager),
    product: taggedProduct(manager),
    user: taggedUser(manager),
  };
});
afterAll(() => app.close());

describe.each(['order', 'product', 'user'])('the ETag of resources: %s', (kind) => {
  let resource: TaggedResource;

  beforeAll(() => {
    resource = resources[kind]!;
  });

  async function create(): Promise<{ id: string; etag: string }> {
    const { status, body, headers } = await resource.create();
    expect(status).toBe(201);
    return { id: body.id, etag: String(headers.etag) };
  }

  async function etagOf(id: string): Promise<string> {
    return String((await resource.read(id).expect(200)).headers.etag);
  }

  it('is strong', async () => {
    expect((await create()).etag).toMatch(/^"[^"]+"$/);
  });

  it('is the same when the resource is created and read', async () => {
    const { id, etag } = await create();

    expect(await etagOf(id)).toBe(etag);
  });

  it('gives 304 for If-None-Match until the resource changes', async () => {
    const { id, etag } = await create();

    const unchanged = await resource.read(id).set('If-None-Match', etag).expect(304);
    await resource.change(id).expect(200);

    expect(unchanged.text).toBe('');
    await resource.read(id).set('If-None-Match', etag).expect(200);
  });

  it('changes with each change, and is the same in its response and when read', async () => {
    const { id, etag } = await create();

    const changed = String((await resource.change(id).expect(200)).headers.etag);
    const changedAgain = String((await resource.changeAgain(id).expect(200)).headers.etag);

    expect(new Set([etag, changed, changedAgain]).size).toBe(3);
    expect(await etagOf(id)).toBe(changedAgain);
  });

  describe('in the If-Match of a change', () => {
    it.each<[string, (etag: string) => string]>([
      ['the ETag', (etag) => etag],
      ['a list with the ETag', (etag) => `${STALE}, ${etag}`],
      ['*', () => '*'],
    ])('allows a change if If-Match is %s', async (_, ifMatch) => {
      const { id, etag } = await create();

      await resource.change(id).set('If-Match', ifMatch(etag)).expect(200);
    });

    it.each<[string, (etag: string) => string]>([
      ['another ETag', () => STALE],
      ['the weak ETag', (etag) => `W/${etag}`],
      ['empty', () => ''],
    ])('refuses a change with 412 if If-Match is %s', async (_, ifMatch) => {
      const { id, etag } = await create();

      const { body } = await resource.change(id).set('If-Match', ifMatch(etag)).expect(412);

      expect(body).toMatchObject({ code: 'precondition_failed', status: 412 });
      expect(await etagOf(id)).toBe(etag);
    });

    it('refuses a change that was made before with 412', async () => {
      const { id, etag } = await create();
      await resource.change(id).set('If-Match', etag).expect(200);

      await resource.change(id).set('If-Match', etag).expect(412);
    });

    it('allows one of ten concurrent changes', async () => {
      const { id, etag } = await create();

      const responses = await Promise.all(
        Array.from({ length: 10 }, () => resource.change(id).set('If-Match', etag)),
      );

      expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    });
  });
});

describe('the ETag of an order', () => {
  it('is that of the first response in a replay, even if the status has changed', async () => {
    const key = randomUUID();
    const body = await ana.orderFor(['Latte', 'Vanilla']);
    const first = await ana.placeWithKey(body, key).expect(201);
    await manager.changeStatus(first.body.id, 'preparation').expect(200);

    const replay = await ana.placeWithKey(body, key).expect(200);

    expect(replay.headers.etag).toBe(first.headers.etag);
  });
});

describe('If-Match', () => {
  it('refuses to withdraw a product that has changed', async () => {
    const { body, headers } = await resources.product!.create();
    await resources.product!.change(body.id).expect(200);

    await manager.delete(`${PRODUCTS}/${body.id}`).set('If-Match', String(headers.etag)).expect(412);
    await manager.delete(`${PRODUCTS}/${body.id}`).set('If-Match', '*').expect(204);
  });

  it.each([
    [404, () => manager.changeStatus(randomUUID(), 'ready')],
    [400, (id: string) => manager.changeStatus(id, 'eaten')],
    [422, (id: string) => manager.patch(`/api/v1/orders/${id}/status`, {})],
    [403, (id: string) => ana.changeStatus(id, 'preparation')],
  ])('does not hide the refusal %i', async (status, change) => {
    const { body } = await resources.order!.create();

    await change(body.id).set('If-Match', STALE).expect(status);
  });

  it('leaves the notification and the history of a refused status change unwritten', async () => {
    const { body } = await resources.order!.create();

    await resources.order!.change(body.id).set('If-Match', STALE).expect(412);

    const [count] = await app.database.query(
      `SELECT (SELECT count(*)::int FROM notifications WHERE order_id = $1) AS notifications,
              (SELECT count(*)::int FROM order_status_transitions WHERE order_id = $1) AS steps`,
      [body.id],
    );
    expect(count).toEqual({ notifications: 0, steps: 0 });
  });
});
