import { AVAILABLE, AvailabilityContext, availabilityPath, SOLD_OUT } from './support/availability.js';

const UNTIL = '2099-01-01T00:00:00.000Z';

describe('PUT …/availability', () => {
  let context: AvailabilityContext;

  beforeAll(async () => {
    context = await AvailabilityContext.start();
  });
  afterAll(() => context.close());

  it('lets a barista mark a product, and returns it with its ETag', async () => {
    const product = await context.create();

    const { body, headers } = await context.barista
      .put(availabilityPath(product), { sold_out: true, until: UNTIL })
      .expect(200);

    expect(body).toEqual(Object.assign(product, { sold_out: true, sold_out_until: UNTIL }));
    const current = await context.manager.get(`/api/v1/admin/products/${product.id}`).expect(200);
    expect(current.body).toEqual(body);
    expect(current.headers.etag).toBe(headers.etag);
  });

  it('lets a barista mark one variation', async () => {
    const product = await context.create();

    const marked = await context.mark(product, { sold_out: true, until: '2099-01-01T02:00:00+02:00' }, 1);

    Object.assign(product.variations[1] ?? {}, { sold_out: true, sold_out_until: UNTIL });
    expect(marked).toEqual(product);
    expect(await context.read(product.id)).toEqual(marked);
  });

  it.each([{}, { until: null }])('removes the time if until is left out or null: %j', async (rest) => {
    const product = await context.create();
    await context.mark(product, { sold_out: true, until: UNTIL });

    expect(await context.mark(product, { sold_out: true, ...rest })).toMatchObject(SOLD_OUT);
    expect(await context.mark(product, { sold_out: false, ...rest })).toEqual(product);
  });

  it.each([
    ['in the past', { sold_out: true, until: '2020-01-01T00:00:00Z' }],
    ['without being sold out', { sold_out: false, until: UNTIL }],
    ['that is no time', { sold_out: true, until: 'noon' }],
    ['in the year 10000 in UTC', { sold_out: true, until: '9999-12-31T23:59:59-05:00' }],
  ])('refuses an until %s', async (_, body) => {
    const product = await context.create();

    for (const path of [availabilityPath(product), availabilityPath(product, 0)]) {
      const response = await context.barista.put(path, body).expect(422);
      expect(response.body.errors).toEqual([{ field: 'until', message: expect.any(String) }]);
    }
    expect(await context.read(product.id)).toEqual(product);
  });

  it('obeys If-Match', async () => {
    const product = await context.create();
    const { headers } = await context.barista.put(availabilityPath(product), { sold_out: true }).expect(200);
    const etag = String(headers.etag);

    await context.barista
      .put(availabilityPath(product, 0), { sold_out: true })
      .set('If-Match', etag)
      .expect(200);

    await context.barista
      .put(availabilityPath(product, 1), { sold_out: true })
      .set('If-Match', etag)
      .expect(412);
  });

  it('is recorded with the state before and after', async () => {
    const product = await context.create();
    await context.mark(product, { sold_out: true, until: UNTIL });

    expect(await context.entriesOf(product)).toMatchObject([
      {
        actor: { id: context.barista.id, role: 'barista' },
        subject: { type: 'product', id: product.id },
        before: AVAILABLE,
        after: { sold_out: true, sold_out_until: UNTIL },
      },
    ]);
  });

  it('is recorded with the variation', async () => {
    const product = await context.create();
    await context.mark(product, { sold_out: true }, 1);

    const variation = { id: product.variations[1]?.id, name: 'Soy' };
    expect(await context.entriesOf(product)).toMatchObject([
      { before: { variation, ...AVAILABLE }, after: { variation, ...SOLD_OUT } },
    ]);
  });

  it('is not recorded if it changes nothing', async () => {
    const product = await context.create();
    await context.mark(product, { sold_out: false });
    await context.mark(product, { sold_out: true, until: UNTIL });
    await context.mark(product, { sold_out: true, until: UNTIL });

    expect(await context.entriesOf(product)).toHaveLength(1);
  });

  it('is recorded from the state that a passed time has left', async () => {
    const product = await context.create();
    await context.mark(product, { sold_out: true, until: UNTIL }, 0);
    await context.letTimesPass(product);

    await context.mark(product, { sold_out: false }, 0);
    await context.mark(product, { sold_out: true }, 0);

    const [entry, ...earlier] = await context.entriesOf(product);
    expect(entry).toMatchObject({ before: AVAILABLE, after: SOLD_OUT });
    expect(earlier).toHaveLength(1);
  });

  it('leaves what is sold out as it is if the product is changed', async () => {
    const product = await context.create();
    await context.mark(product, { sold_out: true });
    const marked = await context.mark(product, { sold_out: true, until: UNTIL }, 0);
    const oat = { id: marked.variations[0]?.id, name: 'Oat Milk' };

    for (const variations of [[oat], [{ name: 'oat milk' }, { name: 'Rice' }]]) {
      const body = { base_price_cents: 310, variations };
      const changed = await context.change(product.id, body);

      expect(changed).toMatchObject(SOLD_OUT);
      expect(changed.variations[0]).toMatchObject({ id: oat.id, sold_out: true, sold_out_until: UNTIL });
      expect(await context.read(product.id)).toEqual(changed);
    }
    expect((await context.read(product.id)).variations[1]).toMatchObject({ name: 'Rice', ...AVAILABLE });
  });

  it('is not replaced by a change of the product that says otherwise', async () => {
    const product = await context.create();
    const marked = await context.mark(product, { sold_out: true, until: UNTIL }, 0);

    expect(await context.change(product.id, product)).toEqual(marked);
  });

  it('has no effect after its time, also if the product is changed then', async () => {
    const product = await context.create();
    await context.mark(product, { sold_out: true, until: UNTIL }, 0);
    await context.letTimesPass(product);
    expect(await context.read(product.id)).toEqual(product);

    const change = { variations: [{ name: 'Oat' }, { name: 'Soy' }] };
    expect(await context.change(product.id, change)).toEqual(product);
    expect(await context.read(product.id)).toEqual(product);
  });
});
