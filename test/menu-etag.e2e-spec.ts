import type { INestApplication } from '@nestjs/common';
import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { createApi } from '../apps/api/create-api.js';
import { Config } from '#config';
import { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';

describe('the menu', () => {
  let app: TestApp;
  /** A second process of the same shop. */
  let elsewhere: INestApplication;
  let guest: Person;
  let guestElsewhere: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    elsewhere = await createApi(Config.from(app.environment));
    await elsewhere.listen(0, '127.0.0.1');
    guest = app.anonymous();
    guestElsewhere = new Person(await elsewhere.getUrl(), '');
    manager = await app.manager();
  });
  afterAll(async () => {
    await elsewhere.close();
    await app.close();
  });

  async function read(reader = guest): Promise<{ products: ProductDto[]; etag: string }> {
    const { body, headers } = await reader.get(MENU).expect(200);
    return { products: (body as MenuDto).products, etag: String(headers.etag) };
  }

  async function add(name: string, ...variations: string[]): Promise<ProductDto> {
    const product = { name, base_price_cents: 100, variations: variations.map((name) => ({ name })) };
    return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
  }

  it('has a strong ETag, the same while nothing changes and in every process', async () => {
    const { etag } = await read();

    expect(etag).toMatch(/^"[^"]+"$/);
    expect((await read()).etag).toBe(etag);
    expect((await read(guestElsewhere)).etag).toBe(etag);
  });

  it.each([
    ['its ETag', (etag: string) => etag],
    ['its ETag in weak form', (etag: string) => `W/${etag}`],
    ['a list that has its ETag', (etag: string) => `"old", W/"older", ${etag}`],
    ['a star', () => '*'],
  ])('answers 304 without a body to a guest who has %s', async (_, header) => {
    const { etag } = await read();

    const response = await guest.get(MENU).set('If-None-Match', header(etag)).expect(304);

    expect(response.text).toBe('');
    expect(response.headers.etag).toBe(etag);
  });

  it.each(['"another"', 'W/"another"', 'nonsense', '""'])(
    'answers the whole menu to a guest who has %s',
    async (header) => {
      const { body } = await guest.get(MENU).set('If-None-Match', header).expect(200);

      expect(body.products.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['a rename', { name: 'Ristretto' }],
    ['another price', { base_price_cents: 180 }],
    ['other variations', { variations: [{ name: 'Long' }] }],
  ])('has another ETag at once after %s', async (_, change) => {
    const { id } = await add('Lungo', 'Short');
    const { etag } = await read();

    await manager.patch(`${PRODUCTS}/${id}`, change).expect(200);
    await guest.get(MENU).set('If-None-Match', etag).expect(200);

    expect((await read()).products.find((product) => product.id === id)).toMatchObject(
      'variations' in change ? { variations: [expect.objectContaining({ name: 'Long' })] } : change,
    );
    await manager.delete(`${PRODUCTS}/${id}`).expect(204);
  });

  it('has the ETag from before when a change is undone', async () => {
    const { id } = await add('Doppio');
    const { etag } = await read();

    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 1 }).expect(200);
    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 100 }).expect(200);

    expect((await read()).etag).toBe(etag);
  });
});
