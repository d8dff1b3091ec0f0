import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { DataSource } from 'typeorm';
import { JsonAsText1764100000002 } from '../migrations/1764100000002-json-as-text.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const MAX_BYTES = 4_096;
/** jsonb would write each of these numbers with about 300 characters. */
const SMALL_NUMBERS = `{"a":[${Array<string>(580).fill('1e-300').join()}]}`;

describe('The metadata of an order', () => {
  let app: TestApp;
  let ana: Person;
  let items: string;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    items = JSON.stringify((await ana.orderFor(['Latte', 'Vanilla'])).items);
  });
  afterAll(() => app.close());

  function place(metadata: string, key: string = randomUUID()): Test {
    return ana.post(ORDERS, `{"items":${items},"metadata":${metadata}}`).set('Idempotency-Key', key);
  }

  it.each([
    ['many small numbers', SMALL_NUMBERS],
    ['members in any order', '{"z":1,"10":2,"a":{"b":[true,null,"☕"],"a":0.5}}'],
  ])('is stored as it was measured if it has %s', async (_, metadata) => {
    const { body } = await place(metadata).expect(201);

    const [stored] = await app.database.query<{ order: string; draft: string }>(
      `SELECT o.metadata::text AS order, (p.draft->'metadata')::text AS draft
         FROM orders o JOIN order_placements p ON p.order_id = o.id WHERE o.id = $1`,
      [body.id],
    );
    const measured = JSON.stringify(JSON.parse(metadata));
    expect(stored).toEqual({ order: measured, draft: measured });
    expect(measured.length).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('is the same in every response', async () => {
    const metadata = '{"z":1,"a":{"y":1e-7,"b":2}}';
    const key = randomUUID();
    const { body, text } = await place(metadata, key).expect(201);

    expect((await ana.get(`${ORDERS}/${body.id}`).expect(200)).text).toBe(text);
    expect((await place(metadata, key).expect(200)).text).toBe(text);
  });

  it('is restored from the draft by the migration if jsonb has expanded it', async () => {
    const { body } = await place(SMALL_NUMBERS).expect(201);
    const runner = app.api.get(DataSource).createQueryRunner();
    await runner.startTransaction();
    await runner.query('ALTER TABLE orders ALTER COLUMN metadata TYPE jsonb USING metadata::jsonb');

    await new JsonAsText1764100000002().up(runner);

    const [stored] = (await runner.query('SELECT metadata::text AS text FROM orders WHERE id = $1', [
      body.id,
    ])) as { text: string }[];
    expect(stored).toEqual({ text: SMALL_NUMBERS });
    await runner.rollbackTransaction();
    await runner.release();
  });
});
