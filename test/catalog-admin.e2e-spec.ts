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

  async function onTheMenu(id: string): Promise<ProductDto | undefined> {
    const { body } = await ana.get('/api/v1/menu').expect(200);
    return (body.products as ProductDto[]).find((product) => product.id === id);
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
});
