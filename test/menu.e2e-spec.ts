import type { INestApplication } from '@nestjs/common';
import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { createApi } from '../apps/api/create-api.js';
import { Config } from '#config';
import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';
const SIGNALS = 'coffee-shop signals';

const SEEDED = {
  Donuts: [200, ['Glazed', 0], ['Jelly', 30], ['Boston Cream', 50]],
  Espresso: [250, ['Single Shot', 0], ['Double Shot', 100]],
  'Iced Coffee': [350, ['Regular', 0], ['Sweetened', 30], ['Extra Ice', 20]],
  Latte: [400, ['Pumpkin Spice', 50], ['Vanilla', 30], ['Hazelnut', 40]],
  Macchiato: [400, ['Caramel', 50], ['Vanilla', 30]],
};

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

  async function priceOf(id: string, reader = guest): Promise<number | undefined> {
    return (await read(reader)).products.find((product) => product.id === id)?.base_price_cents;
  }

  /** Waits until that process shows the price. */
  async function showsPrice(reader: Person, id: string, cents: number): Promise<void> {
    await eventually(`the menu to say ${cents}`, async () => (await priceOf(id, reader)) === cents);
  }

  /** As somebody at psql changes it. */
  async function setPriceBySql(id: string, cents: number): Promise<void> {
    await app.database.query('UPDATE products SET base_price_cents = $2 WHERE id = $1', [id, cents]);
  }

  /** How many processes have a signal connection, and listen on it. */
  async function listening(): Promise<number> {
    const rows = await app.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1
          AND state = 'idle' AND query LIKE 'LISTEN%'`,
      [SIGNALS],
    );
    return rows.length;
  }

  /** Does this while no process gets a signal, then waits until all do again. */
  async function withoutSignals(work: () => Promise<unknown>): Promise<void> {
    await Promise.all([read(guest), read(guestElsewhere)]);
    await blockConnections(app.database);
    try {
      await terminateConnections(app.database, SIGNALS);
      await work();
    } finally {
      await allowConnections(app.database);
    }
    await eventually('both processes to listen again', async () => (await listening()) === 2);
  }

  it('is the catalog of the seed, products by name and variations as they were given', async () => {
    const { products } = await read();

    expect(products).toEqual(
      Object.entries(SEEDED).map(([name, [basePriceCents, ...variations]]) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name,
        base_price_cents: basePriceCents,
        variations: (variations as [string, number][]).map(([variation, priceChangeCents]) => ({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          name: variation,
          price_change_cents: priceChangeCents,
        })),
      })),
    );
  });

  it('spells names of every alphabet as they were given', async () => {
    const names = ['Crème Brûlée', 'カプチーノ', '☕\u{fe0f} "double"'];

    const added = await Promise.all(names.map((name) => add(name)));

    const { products } = await read();
    for (const [index, { id }] of added.entries())
      expect(products.find((product) => product.id === id)?.name).toBe(names[index]);
    for (const { id } of added) await manager.delete(`${PRODUCTS}/${id}`).expect(204);
  });

  it('is read without a token, and a bad one does not matter', async () => {
    await app
      .anonymous()
      .get(MENU)
      .expect(200)
      .expect('Content-Type', /^application\/json/);
    await new Person(app.url, '', 'expired').get(MENU).expect(200);
  });

  it('sorts names by code point, on every server alike', async () => {
    const names = ['Zimtstern', 'a cake', 'b cake', '\u00c4pfel', '\uff21pple', '\u{1f375} tea'];
    for (const name of names.toReversed()) await add(name);

    const { products } = await read();

    expect(products.map(({ name }) => name).filter((name) => names.includes(name))).toEqual(names);
  });

  it('shows variations in the order in which the manager gave them', async () => {
    const { id } = await add('Chai', 'Zesty', 'Amber', 'Mild');

    const product = (await read()).products.find((product) => product.id === id);

    expect(product?.variations.map(({ name }) => name)).toEqual(['Zesty', 'Amber', 'Mild']);
  });

  it('has no product and no variation that was withdrawn', async () => {
    const [gone, kept] = [await add('Affogato', 'Small'), await add('Mocha', 'Dark', 'White')];
    await manager.delete(`${PRODUCTS}/${gone.id}`).expect(204);
    await manager.patch(`${PRODUCTS}/${kept.id}`, { variations: [{ name: 'White' }] }).expect(200);

    const { products } = await read();

    expect(products.map(({ id }) => id)).not.toContain(gone.id);
    expect(products.find(({ id }) => id === kept.id)?.variations).toEqual([kept.variations[1]]);
  });

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

  it('does not wait for a signal in the process that made the change', async () => {
    const { id } = await add('Pharisaeer');
    await read();
    await app.database.query('ALTER TABLE products DISABLE TRIGGER products_signal_change');
    try {
      await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 450 }).expect(200);
      expect(await priceOf(id)).toBe(450);
    } finally {
      await app.database.query('ALTER TABLE products ENABLE TRIGGER products_signal_change');
    }
  });

  it('has the ETag from before when a change is undone', async () => {
    const { id } = await add('Doppio');
    const { etag } = await read();

    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 1 }).expect(200);
    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 100 }).expect(200);

    expect((await read()).etag).toBe(etag);
  });

  it('changes soon in another process, which sells by it then', async () => {
    const { id } = await add('Galao', 'Tall');
    await showsPrice(guestElsewhere, id, 100);
    const { etag } = await read(guestElsewhere);
    const order = { ...(await guest.orderFor(['Galao', 'Tall'])), total_cents: 140 };

    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 140 }).expect(200);
    await showsPrice(guestElsewhere, id, 140);

    expect((await read(guestElsewhere)).etag).not.toBe(etag);
    expect((await read(guestElsewhere)).etag).toBe((await read()).etag);
    const { id: who, token } = await app.customer();
    await new Person(await elsewhere.getUrl(), who, token).post('/api/v1/orders', order).expect(201);
  });

  it('changes soon in every process after a change by plain SQL', async () => {
    const { id } = await add('Melange');
    await showsPrice(guestElsewhere, id, 100);

    await setPriceBySql(id, 260);

    await Promise.all([showsPrice(guest, id, 260), showsPrice(guestElsewhere, id, 260)]);
  });

  it('stays right while the signal connections are gone', async () => {
    const { id } = await add('Einspaenner');

    await withoutSignals(async () => {
      await setPriceBySql(id, 330);
      await Promise.all([showsPrice(guest, id, 330), showsPrice(guestElsewhere, id, 330)]);
      await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 340 }).expect(200);
      expect(await priceOf(id)).toBe(340);
      expect(await priceOf(id, guestElsewhere)).toBe(340);
    });
  });

  it('has what it missed when the signal connections are back, and what comes after', async () => {
    const { id } = await add('Verlaengerter');

    await withoutSignals(() => setPriceBySql(id, 280));
    expect(await priceOf(id)).toBe(280);
    expect(await priceOf(id, guestElsewhere)).toBe(280);

    await setPriceBySql(id, 290);
    await Promise.all([showsPrice(guest, id, 290), showsPrice(guestElsewhere, id, 290)]);
  });
});
