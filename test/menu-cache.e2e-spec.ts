import type { INestApplication } from '@nestjs/common';
import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { createApi } from '../apps/api/create-api.js';
import { Config } from '#config';
import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';
/** The application name of the connections that LISTEN for changes. */
const LISTENER = 'coffee-shop signals';

describe('The cached menus of two API processes', () => {
  let app: TestApp;
  let secondApi: INestApplication;
  let guest: Person;
  let guestOfSecondApi: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    secondApi = await createApi(Config.from(app.environment));
    await secondApi.listen(0, '127.0.0.1');
    guest = app.anonymous();
    guestOfSecondApi = guest.at(await secondApi.getUrl());
    manager = await app.manager();
  });
  afterAll(async () => {
    await secondApi.close();
    await app.close();
  });

  async function readMenu(reader: Person): Promise<{ products: ProductDto[]; etag: string }> {
    const { body, headers } = await reader.get(MENU).expect(200);
    return { products: (body as MenuDto).products, etag: String(headers.etag) };
  }

  async function create(name: string, ...variations: string[]): Promise<ProductDto> {
    const product = { name, base_price_cents: 100, variations: variations.map((name) => ({ name })) };
    return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
  }

  async function changePrice(id: string, cents: number): Promise<void> {
    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: cents }).expect(200);
  }

  async function changePriceBySql(id: string, cents: number): Promise<void> {
    await app.database.query('UPDATE products SET base_price_cents = $2 WHERE id = $1', [id, cents]);
  }

  async function readPrice(reader: Person, id: string): Promise<number | undefined> {
    return (await readMenu(reader)).products.find((product) => product.id === id)?.base_price_cents;
  }

  async function waitForPrice(reader: Person, id: string, cents: number): Promise<void> {
    await eventually(`the price ${cents}`, async () => (await readPrice(reader, id)) === cents);
  }

  async function countListeners(): Promise<number> {
    const rows = await app.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1
          AND state = 'idle' AND query LIKE 'LISTEN%'`,
      [LISTENER],
    );
    return rows.length;
  }

  /** Runs `work` while no process can listen, then waits until both listen again. */
  async function withoutListeners(work: () => Promise<unknown>): Promise<void> {
    await Promise.all([readMenu(guest), readMenu(guestOfSecondApi)]);
    await blockConnections(app.database);
    try {
      await terminateConnections(app.database, LISTENER);
      await work();
    } finally {
      await allowConnections(app.database);
    }
    await eventually('both processes to listen', async () => (await countListeners()) === 2);
  }

  it('have the same ETag', async () => {
    expect((await readMenu(guestOfSecondApi)).etag).toBe((await readMenu(guest)).etag);
  });

  it('change immediately in the process that changes a product', async () => {
    const { id } = await create('Pharisaeer');
    await readMenu(guest);
    await app.database.query('ALTER TABLE products DISABLE TRIGGER products_signal_change');
    try {
      await changePrice(id, 450);
      expect(await readPrice(guest, id)).toBe(450);
    } finally {
      await app.database.query('ALTER TABLE products ENABLE TRIGGER products_signal_change');
    }
  });

  it('change soon in the other process', async () => {
    const { id } = await create('Galao', 'Tall');
    await waitForPrice(guestOfSecondApi, id, 100);
    const { etag } = await readMenu(guestOfSecondApi);

    await changePrice(id, 140);
    await waitForPrice(guestOfSecondApi, id, 140);

    expect((await readMenu(guestOfSecondApi)).etag).not.toBe(etag);
    expect((await readMenu(guestOfSecondApi)).etag).toBe((await readMenu(guest)).etag);
  });

  it('determine the price of an order in the other process', async () => {
    const { id } = await create('Bica', 'Small');
    const order = { ...(await guest.orderFor(['Bica', 'Small'])), total_cents: 140 };
    await waitForPrice(guestOfSecondApi, id, 100);

    await changePrice(id, 140);
    await waitForPrice(guestOfSecondApi, id, 140);

    const ana = await app.customer();
    await ana
      .at(await secondApi.getUrl())
      .post('/api/v1/orders', order)
      .expect(201);
  });

  it('change soon in every process after a change by SQL', async () => {
    const { id } = await create('Melange');
    await waitForPrice(guestOfSecondApi, id, 100);

    await changePriceBySql(id, 260);

    await Promise.all([waitForPrice(guest, id, 260), waitForPrice(guestOfSecondApi, id, 260)]);
  });

  it('stay correct while the listening connections are lost', async () => {
    const { id } = await create('Einspaenner');

    await withoutListeners(async () => {
      await changePriceBySql(id, 330);
      await Promise.all([waitForPrice(guest, id, 330), waitForPrice(guestOfSecondApi, id, 330)]);
      await changePrice(id, 340);
      expect(await readPrice(guest, id)).toBe(340);
      expect(await readPrice(guestOfSecondApi, id)).toBe(340);
    });
  });

  it('catch up when the listening connections are back', async () => {
    const { id } = await create('Verlaengerter');

    await withoutListeners(() => changePriceBySql(id, 280));
    expect(await readPrice(guest, id)).toBe(280);
    expect(await readPrice(guestOfSecondApi, id)).toBe(280);

    await changePriceBySql(id, 290);
    await Promise.all([waitForPrice(guest, id, 290), waitForPrice(guestOfSecondApi, id, 290)]);
  });
});
