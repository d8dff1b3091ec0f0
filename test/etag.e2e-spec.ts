import { randomUUID } from 'node:crypto';
import type { Person } from './support/person.js';
import { taggedOrder, taggedProduct, taggedUser, type TaggedResource } from './support/tagged-resources.js';
import { TestApp } from './support/test-app.js';

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
