import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';
const MAX_CENTS = 2_147_483_647;

/** Also such as do not fit. */
type ProductRequest = Record<string, unknown>;

describe('the administration of the catalog', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** A product that fits, with a name of its own. */
  function unlikeAnyOther(product: ProductRequest = {}): ProductRequest {
    const name = `Product ${randomUUID()}`;
    return { name, base_price_cents: 300, variations: [{ name: 'Small' }, { name: 'Large' }], ...product };
  }

  async function create(product: ProductRequest = {}): Promise<ProductDto> {
    return (await manager.post(PRODUCTS, unlikeAnyOther(product)).expect(201)).body as ProductDto;
  }

  async function change(id: string, product: ProductRequest): Promise<ProductDto> {
    return (await manager.patch(`${PRODUCTS}/${id}`, product).expect(200)).body as ProductDto;
  }

  async function onTheMenu(id: string): Promise<ProductDto | undefined> {
    const { body } = await ana.get('/api/v1/menu').expect(200);
    return (body.products as ProductDto[]).find((product) => product.id === id);
  }

  function namesOf({ variations }: ProductDto): string[] {
    return variations.map(({ name }) => name);
  }

  it('gives a product one of two lists of variations that come at once, not a mixture', async () => {
    const { id } = await create();
    const lists = [
      ['A', 'B', 'Small'],
      ['C', 'A'],
      ['B', 'C', 'Large'],
    ];
    const requests = lists.map((names) => ({ variations: names.map((name) => ({ name })) }));

    await Promise.all(requests.map((request) => change(id, request)));

    const product = await onTheMenu(id);
    expect(lists).toContainEqual(product && namesOf(product));
  });

  it.each([
    ['name', { name: 'Red Eye' }],
    ['price', { base_price_cents: 555 }],
    ['variations', { variations: [] }],
    ['name and price', { name: 'Black Eye', base_price_cents: 1 }],
  ])('changes the %s and leaves the rest as it is', async (_, fields) => {
    const product = await create();

    const changed = await change(product.id, fields);

    expect(changed).toEqual(Object.assign(product, fields));
    expect(await onTheMenu(product.id)).toEqual(changed);
  });

  it('changes nothing with an empty object', async () => {
    const product = await create();

    expect(await change(product.id, {})).toEqual(product);
  });

  it.each(['', 'application/json'])(
    'changes nothing with no body at all, content type "%s"',
    async (type) => {
      const product = await create();
      const headers = {
        Authorization: `Bearer ${manager.token ?? ''}`,
        ...(type && { 'Content-Type': type }),
      };

      const response = await fetch(`${app.url}${PRODUCTS}/${product.id}`, { method: 'PATCH', headers });

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(product);
    },
  );

  it('replaces the variations: same names keep their ids, missing ones go, the order is the new one', async () => {
    const product = await create({ variations: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
    const [a, , c] = product.variations;

    const changed = await change(product.id, {
      variations: [{ name: 'c', price_change_cents: 10 }, { name: 'D' }, { name: 'A' }],
    });

    expect(changed.variations).toEqual([
      { id: c?.id, name: 'c', price_change_cents: 10 },
      { id: expect.any(String), name: 'D', price_change_cents: 0 },
      a,
    ]);
    expect(await onTheMenu(product.id)).toEqual(changed);
  });

  it('refuses a base price that would take a variation below zero or beyond int4', async () => {
    const product = await create({
      variations: [
        { name: 'Less', price_change_cents: -100 },
        { name: 'More', price_change_cents: 100 },
      ],
    });

    for (const cents of [99, MAX_CENTS - 99]) {
      const { body } = await manager
        .patch(`${PRODUCTS}/${product.id}`, { base_price_cents: cents })
        .expect(422);
      expect(body.code).toBe('impossible_unit_price');
    }
    expect(await onTheMenu(product.id)).toEqual(product);
    await change(product.id, { base_price_cents: 100 });
  });

  it("refuses another product's name, and then changes nothing else of the request either", async () => {
    const product = await create();

    await manager
      .patch(`${PRODUCTS}/${product.id}`, { name: 'LATTE', base_price_cents: 1, variations: [] })
      .expect(409);

    expect(await onTheMenu(product.id)).toEqual(product);
    expect(await change(product.id, { name: product.name.toUpperCase() })).toMatchObject({ id: product.id });
  });
});
