import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';

describe('The ETag of GET /menu', () => {
  let app: TestApp;
  let guest: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
    manager = await app.manager();
  });
  afterAll(() => app.close());

  async function readMenu(): Promise<{ products: ProductDto[]; etag: string }> {
    const { body, headers } = await guest.get(MENU).expect(200);
    return { products: (body as MenuDto).products, etag: String(headers.etag) };
  }

  async function create(name: string): Promise<ProductDto> {
    const product = { name, base_price_cents: 100, variations: [{ name: 'Short' }] };
    return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
  }

  it('is strong', async () => {
    expect((await readMenu()).etag).toMatch(/^"[^"]+"$/);
  });

  it('stays the same while the menu does not change', async () => {
    const { etag } = await readMenu();

    expect((await readMenu()).etag).toBe(etag);
  });

  it.each([
    ['the ETag', (etag: string) => etag],
    ['the ETag in weak form', (etag: string) => `W/${etag}`],
    ['a list with the ETag', (etag: string) => `"old", W/"older", ${etag}`],
    ['*', () => '*'],
  ])('returns 304 without a body if If-None-Match is %s', async (_, ifNoneMatch) => {
    const { etag } = await readMenu();

    const response = await guest.get(MENU).set('If-None-Match', ifNoneMatch(etag)).expect(304);

    expect(response.text).toBe('');
    expect(response.headers.etag).toBe(etag);
  });

  it.each(['no-cache', 'no-cache, no-store', 'max-age=0'])(
    'returns 304 if If-None-Match matches in spite of "Cache-Control: %s" in the request',
    async (cacheControl) => {
      const { etag } = await readMenu();

      await guest.get(MENU).set('If-None-Match', etag).set('Cache-Control', cacheControl).expect(304);
    },
  );

  it("returns 304 to Node's fetch", async () => {
    const { etag } = await readMenu();

    const response = await fetch(app.url + MENU, { headers: { 'If-None-Match': etag } });

    expect(response.status).toBe(304);
  });

  it.each(['"another"', 'W/"another"', 'nonsense', '""'])(
    'returns the menu if If-None-Match is %s',
    async (ifNoneMatch) => {
      const { body } = await guest.get(MENU).set('If-None-Match', ifNoneMatch).expect(200);

      expect(body.products.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['name', { name: 'Ristretto' }],
    ['price', { base_price_cents: 180 }],
    ['variations', { variations: [{ name: 'Long' }] }],
  ])('changes immediately with the %s of a product', async (_, changes) => {
    const { id } = await create('Lungo');
    const { etag } = await readMenu();

    await manager.patch(`${PRODUCTS}/${id}`, changes).expect(200);
    await guest.get(MENU).set('If-None-Match', etag).expect(200);

    expect((await readMenu()).products.find((product) => product.id === id)).toMatchObject(
      'variations' in changes ? { variations: [expect.objectContaining({ name: 'Long' })] } : changes,
    );
    await manager.delete(`${PRODUCTS}/${id}`).expect(204);
  });

  it('returns to its former value when a change is undone', async () => {
    const { id } = await create('Doppio');
    const { etag } = await readMenu();

    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 1 }).expect(200);
    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 100 }).expect(200);

    expect((await readMenu()).etag).toBe(etag);
  });
});
