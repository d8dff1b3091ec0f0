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
