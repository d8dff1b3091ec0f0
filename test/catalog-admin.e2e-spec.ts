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

  it('puts a product on the menu, its variations in the order of the request', async () => {
    const variations = [
      { name: 'Zesty', price_change_cents: 30 },
      { name: 'Amber' },
      { name: 'Mild', price_change_cents: -100 },
    ];

    const product = await create({ name: 'Flat White', base_price_cents: 420, variations });

    expect(product).toEqual({
      id: expect.any(String),
      name: 'Flat White',
      base_price_cents: 420,
      variations: [
        { id: expect.any(String), name: 'Zesty', price_change_cents: 30 },
        { id: expect.any(String), name: 'Amber', price_change_cents: 0 },
        { id: expect.any(String), name: 'Mild', price_change_cents: -100 },
      ],
    });
    expect(await onTheMenu(product.id)).toEqual(product);
  });

  it('takes a product without variations, and one that costs nothing', async () => {
    expect(await create({ variations: undefined, base_price_cents: 0 })).toMatchObject({ variations: [] });
  });

  it.each(['cortado', 'CORTADO', '  Cortado\t'])('refuses "%s" where there is a Cortado', async (name) => {
    if (name === 'cortado') await create({ name: 'Cortado' });

    const { body } = await manager.post(PRODUCTS, unlikeAnyOther({ name })).expect(409);

    expect(body).toMatchObject({
      code: 'duplicate_product_name',
      detail: expect.stringContaining('already'),
    });
  });

  it('knows one name from another by its letters, not by their case, in every alphabet', async () => {
    await create({ name: 'Crème Brûlée' });
    const other = await create();

    await manager.post(PRODUCTS, unlikeAnyOther({ name: 'CRÈME BRÛLÉE' })).expect(409);
    await manager.patch(`${PRODUCTS}/${other.id}`, { name: 'crème BRÛLÉE' }).expect(409);
  });

  it.each([[['Oat', 'Oat']], [['Oat', 'Soy', ' oat ']], [['Müsli', 'MÜSLI']], [['οδοσ', 'ΟΔΟΣ']]])(
    'refuses the variations %j of one product',
    async (names) => {
      const product = await create();
      const variations = names.map((name) => ({ name }));

      const { body } = await manager.post(PRODUCTS, unlikeAnyOther({ variations })).expect(409);
      await manager.patch(`${PRODUCTS}/${product.id}`, { variations }).expect(409);

      expect(body.code).toBe('duplicate_variation_name');
      expect(await onTheMenu(product.id)).toEqual(product);
    },
  );

  it('makes one product of eight requests at once for the same name', async () => {
    const product = unlikeAnyOther();

    const responses = await Promise.all(Array.from({ length: 8 }, () => manager.post(PRODUCTS, product)));

    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

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
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: ' \t\n\u00a0' }, 'name'],
    ['a name of 256 characters', { name: 'n'.repeat(256) }, 'name'],
    ['a name of 400 characters, half of them invisible', { name: 'n\ufe0f'.repeat(200) }, 'name'],
    ['a number as its name', { name: 5 }, 'name'],
    ['no price', { base_price_cents: undefined }, 'base_price_cents'],
    ['null as its price', { base_price_cents: null }, 'base_price_cents'],
    ['a price below zero', { base_price_cents: -1 }, 'base_price_cents'],
    ['half a cent', { base_price_cents: 0.5 }, 'base_price_cents'],
    ['a price in quotes', { base_price_cents: '300' }, 'base_price_cents'],
    ['a price above int4', { base_price_cents: MAX_CENTS + 1 }, 'base_price_cents'],
    ['no list as variations', { variations: { name: 'Oat' } }, 'variations'],
    ['a bare name as variation', { variations: ['Oat'] }, 'variations'],
    [
      '101 variations',
      { variations: Array.from({ length: 101 }, (_, n) => ({ name: `${n}` })) },
      'variations',
    ],
    ['a blank variation', { variations: [{ name: ' ' }] }, 'variations.0.name'],
    ['a variation of 256', { variations: [{ name: 'Oat' }, { name: 'n'.repeat(256) }] }, 'variations.1.name'],
    ['an invisible one', { variations: [{ name: 'n\ufe0f'.repeat(200) }] }, 'variations.0.name'],
    ['a change above int4', withOneVariationAt(MAX_CENTS + 1), 'variations.0.price_change_cents'],
    ['a change of half a cent', withOneVariationAt(0.5), 'variations.0.price_change_cents'],
    ['a unit price below zero', withOneVariationAt(-301), 'variations'],
    ['a unit price above int4', withOneVariationAt(MAX_CENTS - 299), 'variations'],
    ['an id', { id: randomUUID() }, 'id'],
    ['a withdrawn_at', { withdrawn_at: '2026-01-01T00:00:00Z' }, 'withdrawn_at'],
    ['a withdrawnAt', { withdrawnAt: null }, 'withdrawnAt'],
    ['a variation with an id', { variations: [{ name: 'Oat', id: randomUUID() }] }, 'variations.0.id'],
    ['a variation with a position', { variations: [{ name: 'A', position: 9 }] }, 'variations.0.position'],
  ])('refuses a product with %s', async (_, fault, field) => {
    const before = (await ana.get('/api/v1/menu')).text;

    const { body } = await manager.post(PRODUCTS, unlikeAnyOther(fault)).expect(422);

    expect(body.errors).toContainEqual({ field, message: expect.any(String) });
    expect((await ana.get('/api/v1/menu')).text).toBe(before);
  });

  it('takes names of 255 characters of any kind, and amounts up to int4', async () => {
    const name = '\u{1f375}'.repeat(255);
    const variations = [{ name, price_change_cents: 0 }];

    expect(await create({ name, base_price_cents: MAX_CENTS, variations })).toMatchObject({
      name,
      base_price_cents: MAX_CENTS,
      variations: [{ name }],
    });
  });

  it('keeps names without the spaces around them', async () => {
    const product = await create({ name: '  Long Black \n', variations: [{ name: '\tHot ' }] });

    expect(product).toMatchObject({ name: 'Long Black', variations: [{ name: 'Hot' }] });
  });

  it.each([`Robert'); DROP TABLE products; --`, "\\'; SELECT 1 --", '${name} %s $1 :name', '<b>&amp;</b>'])(
    'keeps the name %s as it is',
    async (name) => {
      const { id } = await create({ name, variations: [{ name }] });

      expect(await onTheMenu(id)).toMatchObject({ name, variations: [{ name }] });
    },
  );

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

function withOneVariationAt(cents: number): { variations: object[] } {
  return { variations: [{ name: 'Oat', price_change_cents: cents }] };
}
