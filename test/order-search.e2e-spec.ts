import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/orders';
const [SEVEN, EIGHT, NINE] = ['2026-03-10T07:00:00Z', '2026-03-10T08:00:00Z', '2026-03-10T09:00:00Z'];
const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000';

describe('The search of GET /admin/orders', () => {
  let app: TestApp;
  let ana: Person;
  let ben: Person;
  let manager: Person;
  /** Ids by a name. */
  const orders: Record<string, string> = {};

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, ben, manager] = await Promise.all([app.customer(), app.customer(), app.manager()]);
    await place('ana at seven', ana, 42, SEVEN);
    await place('ben at seven', ben, 7, SEVEN);
    await place('ana at eight', ana, 7, EIGHT);
    await place('ben at nine', ben, 42, NINE);
    await manager.changeStatus(orders['ben at nine']!, 'preparation').expect(200);
  });
  afterAll(() => app.close());

  async function place(name: string, customer: Person, number: number, at: string): Promise<void> {
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    orders[name] = id;
    await app.database.query('UPDATE orders SET number = $2, created_at = $3 WHERE id = $1', [
      id,
      number,
      at,
    ]);
  }

  /** Returns the names of the found orders. */
  async function find(query: string): Promise<(string | undefined)[]> {
    const { body } = await manager.get(PATH + query).expect(200);
    const names = new Map(Object.entries(orders).map(([name, id]) => [id, name]));
    return (body as OrderDto[]).map(({ id }) => names.get(id));
  }

  it.each([
    ['?number=42', ['ben at nine', 'ana at seven']],
    ['?number=43', []],
    [`?from=${EIGHT}`, ['ben at nine', 'ana at eight']],
    ['?from=2026-03-10T09:00:00%2B01:00', ['ben at nine', 'ana at eight']],
    ['?from=2026-03-10T08:00:00.001Z', ['ben at nine']],
    [`?to=${EIGHT}`, ['ben at seven', 'ana at seven']],
    ['?to=2026-03-10T08:00:00.001Z', ['ana at eight', 'ben at seven', 'ana at seven']],
    [`?from=${SEVEN}&to=${NINE}`, ['ana at eight', 'ben at seven', 'ana at seven']],
    [`?from=${SEVEN}&to=${SEVEN}`, []],
    [`?number=42&from=${EIGHT}`, ['ben at nine']],
    ['?number=42&status=waiting', ['ana at seven']],
    [`?status=preparation&to=${NINE}`, []],
    [`?customer_id=${UNKNOWN_ID}`, []],
  ])('finds with "%s" %j', async (query, names) => {
    const found = await find(query);

    expect(found).toHaveLength(names.length);
    expect(new Set(found)).toEqual(new Set(names));
  });

  it('finds the orders of a customer, newest first', async () => {
    expect(await find(`?customer_id=${ana.id}`)).toEqual(['ana at eight', 'ana at seven']);
    expect(await find(`?customer_id=${ana.id.toUpperCase()}&number=7`)).toEqual(['ana at eight']);
    expect(await find(`?customer_id=${ben.id}&number=7&status=waiting&from=${SEVEN}&to=${EIGHT}`)).toEqual([
      'ben at seven',
    ]);
  });

  it('keeps its filters in the link to the next page', async () => {
    const query = `?customer_id=${ana.id}&status=waiting&from=${SEVEN}&to=${NINE}&limit=1`;
    const { headers } = await manager.get(PATH + query).expect(200);
    const [, next] = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];

    const { cursor, ...filters } = Object.fromEntries(new URLSearchParams(next));

    expect(filters).toEqual(Object.fromEntries(new URLSearchParams(query)));
    expect(cursor).toMatch(/./);
    expect(await find(next!)).toEqual(['ana at seven']);
  });

  it.each([
    ['number', ['0', '1000', '-1', '1.5', '0x2a', 'many', '']],
    ['customer_id', ['42', '', 'ana@example.com', UNKNOWN_ID.slice(1)]],
    [
      'from',
      ['', 'yesterday', '2026-03-10', '2026-02-30T00:00:00Z', '2026-03-10T08:00:00', '2026-03-10T24:00:00Z'],
    ],
    ['to', ['', 'tomorrow', '2026-03-10', '1772000000000']],
  ])('returns 422 for an invalid %s', async (name, values) => {
    for (const value of values) {
      const { body } = await manager.get(`${PATH}?${name}=${encodeURIComponent(value)}`).expect(422);
      expect(body.errors).toEqual([{ field: name, message: expect.stringContaining(name) }]);
    }
  });

  it.each(['number', 'customer_id', 'from', 'to'])('returns 422 for a repeated %s', async (name) => {
    await manager.get(`${PATH}?${name}=1&${name}=1`).expect(422);
  });

  it('returns 422 if it ends before it starts, in any offset', async () => {
    const query = `?from=${EIGHT}&to=2026-03-10T08:59:59%2B01:00`;
    const { body } = await manager.get(PATH + query).expect(422);

    expect(body.errors).toEqual([{ field: 'to', message: 'to must not be before from' }]);
  });

  it('is not open to GET /orders', async () => {
    for (const query of ['number=42', `customer_id=${ben.id}`, `from=${SEVEN}`])
      await ana.get(`/api/v1/orders?${query}`).expect(422);
  });
});
