import type { AuditEntryDto } from '../apps/api/audit/dto/audit-entry.dto.js';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { AuditContext } from './audit/audit-context.js';
import { AVAILABLE } from './support/availability.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';

const PRODUCTS = '/api/v1/admin/products';
const SOLD_OUT = { sold_out: true, sold_out_until: null };
const UNTIL = '2099-01-01T00:00:00.000Z';

describe('PUT …/availability', () => {
  let context: AuditContext;
  let barista: Person;
  let manager: Person;

  beforeAll(async () => {
    context = await AuditContext.start();
    ({ manager } = context);
    barista = await context.app.barista();
  });
  afterAll(() => context.close());

  async function create(): Promise<ProductDto> {
    return read(await context.createProduct({ variations: [{ name: 'Oat' }, { name: 'Soy' }] }));
  }

  async function read(id: string): Promise<ProductDto> {
    return (await manager.get(`${PRODUCTS}/${id}`).expect(200)).body as ProductDto;
  }

  function pathOf({ id, variations }: ProductDto, variation?: number): string {
    const part = variation === undefined ? '' : `/variations/${variations[variation]?.id}`;
    return `${PRODUCTS}/${id}${part}/availability`;
  }

  async function mark(product: ProductDto, body: object, variation?: number): Promise<ProductDto> {
    return (await barista.put(pathOf(product, variation), body).expect(200)).body as ProductDto;
  }

  /** Returns the audit entries about the product's availability, newest first. */
  async function entriesOf({ id }: ProductDto): Promise<AuditEntryDto[]> {
    return context.entries(`?subject=${id}&action=product.availability`);
  }

  /** Makes the times of the product's variations pass. */
  async function letTimesPass({ id }: ProductDto): Promise<void> {
    const sql = `UPDATE product_variations SET sold_out_until = now() - interval '1 second'
                  WHERE product_id = $1 AND sold_out_until IS NOT NULL`;
    await context.app.database.query(sql, [id]);
    await eventually('an available product', async () =>
      (await read(id)).variations.every(({ sold_out: isSoldOut }) => !isSoldOut),
    );
  }

  it('lets a barista mark a product, and returns it with its ETag', async () => {
    const product = await create();

    const { body, headers } = await barista
      .put(pathOf(product), { sold_out: true, until: UNTIL })
      .expect(200);

    expect(body).toEqual(Object.assign(product, { sold_out: true, sold_out_until: UNTIL }));
    const current = await manager.get(`${PRODUCTS}/${product.id}`).expect(200);
    expect(current.body).toEqual(body);
    expect(current.headers.etag).toBe(headers.etag);
  });

  it('lets a barista mark one variation', async () => {
    const product = await create();

    const marked = await mark(product, { sold_out: true, until: '2099-01-01T02:00:00+02:00' }, 1);

    Object.assign(product.variations[1] ?? {}, { sold_out: true, sold_out_until: UNTIL });
    expect(marked).toEqual(product);
    expect(await read(product.id)).toEqual(marked);
  });

  it.each([{}, { until: null }])('ends a time with %j', async (rest) => {
    const product = await create();
    await mark(product, { sold_out: true, until: UNTIL });

    expect(await mark(product, { sold_out: true, ...rest })).toMatchObject(SOLD_OUT);
    expect(await mark(product, { sold_out: false, ...rest })).toEqual(product);
  });

  it.each([
    ['in the past', { sold_out: true, until: '2020-01-01T00:00:00Z' }],
    ['without being sold out', { sold_out: false, until: UNTIL }],
    ['that is no time', { sold_out: true, until: 'noon' }],
  ])('refuses an until %s', async (_, body) => {
    const product = await create();

    for (const path of [pathOf(product), pathOf(product, 0)]) {
      const response = await barista.put(path, body).expect(422);
      expect(response.body.errors).toEqual([{ field: 'until', message: expect.any(String) }]);
    }
    expect(await read(product.id)).toEqual(product);
  });

  it('obeys If-Match', async () => {
    const product = await create();
    const { headers } = await barista.put(pathOf(product), { sold_out: true }).expect(200);
    const etag = String(headers.etag);

    await barista.put(pathOf(product, 0), { sold_out: true }).set('If-Match', etag).expect(200);

    await barista.put(pathOf(product, 1), { sold_out: true }).set('If-Match', etag).expect(412);
  });

  it('is recorded with the state before and after', async () => {
    const product = await create();
    await mark(product, { sold_out: true, until: UNTIL });

    expect(await entriesOf(product)).toMatchObject([
      {
        actor: { id: barista.id, role: 'barista' },
        subject: { type: 'product', id: product.id },
        before: AVAILABLE,
        after: { sold_out: true, sold_out_until: UNTIL },
      },
    ]);
  });

  it('is recorded with the variation', async () => {
    const product = await create();
    await mark(product, { sold_out: true }, 1);

    const variation = { id: product.variations[1]?.id, name: 'Soy' };
    expect(await entriesOf(product)).toMatchObject([
      { before: { variation, ...AVAILABLE }, after: { variation, ...SOLD_OUT } },
    ]);
  });

  it('is not recorded if it changes nothing', async () => {
    const product = await create();
    await mark(product, { sold_out: false });
    await mark(product, { sold_out: true, until: UNTIL });
    await mark(product, { sold_out: true, until: UNTIL });

    expect(await entriesOf(product)).toHaveLength(1);
  });

  it('is recorded from the state that a passed time has left', async () => {
    const product = await create();
    await mark(product, { sold_out: true, until: UNTIL }, 0);
    await letTimesPass(product);

    await mark(product, { sold_out: false }, 0);
    await mark(product, { sold_out: true }, 0);

    const [entry, ...earlier] = await entriesOf(product);
    expect(entry).toMatchObject({ before: AVAILABLE, after: SOLD_OUT });
    expect(earlier).toHaveLength(1);
  });

  it('outlasts a change of the product', async () => {
    const product = await create();
    await mark(product, { sold_out: true });
    const marked = await mark(product, { sold_out: true, until: UNTIL }, 0);
    const oat = { id: marked.variations[0]?.id, name: 'Oat Milk' };

    for (const variations of [[oat], [{ name: 'oat milk' }, { name: 'Rice' }]]) {
      const body = { base_price_cents: 310, variations };
      const { body: changed } = await manager.patch(`${PRODUCTS}/${product.id}`, body).expect(200);

      expect(changed).toMatchObject(SOLD_OUT);
      expect(changed.variations[0]).toMatchObject({ id: oat.id, sold_out: true, sold_out_until: UNTIL });
      expect(await read(product.id)).toEqual(changed);
    }
    expect((await read(product.id)).variations[1]).toMatchObject({ name: 'Rice', ...AVAILABLE });
  });

  it('is not replaced by a change of the product that says otherwise', async () => {
    const product = await create();
    const marked = await mark(product, { sold_out: true, until: UNTIL }, 0);

    const { body } = await manager.patch(`${PRODUCTS}/${product.id}`, product).expect(200);

    expect(body).toEqual(marked);
  });

  it('has no effect after its time, also if the product is changed then', async () => {
    const product = await create();
    await mark(product, { sold_out: true, until: UNTIL }, 0);
    await letTimesPass(product);
    expect(await read(product.id)).toEqual(product);

    const change = { variations: [{ name: 'Oat' }, { name: 'Soy' }] };
    const { body } = await manager.patch(`${PRODUCTS}/${product.id}`, change).expect(200);

    expect(body).toEqual(product);
    expect(await read(product.id)).toEqual(product);
  });
});
