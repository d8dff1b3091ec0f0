import { randomUUID } from 'node:crypto';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const NO_CONTROLS_IN_NOTE = 'note must not contain control characters except line breaks';

describe('The pickup name and the note of an order', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  async function place(fields: object): Promise<{ id: string; pickup_name: unknown; note: unknown }> {
    return (await ana.post(ORDERS, { ...order, ...fields }).expect(201)).body;
  }

  it('are shown wherever the order is', async () => {
    const manager = await app.manager();
    const texts = { pickup_name: 'Ada', note: 'Extra hot\nNo sugar' };

    const placed = await place(texts);

    expect(placed).toMatchObject(texts);
    expect((await ana.get(`${ORDERS}/${placed.id}`).expect(200)).body).toEqual(placed);
    expect((await manager.get('/api/v1/admin/orders?limit=1').expect(200)).body).toEqual([placed]);
    expect((await manager.changeStatus(placed.id, 'preparation').expect(200)).body).toMatchObject(texts);
  });

  it('are part of a replay, byte for byte', async () => {
    const [key, body] = [randomUUID(), { ...order, pickup_name: 'Ada', note: 'Extra hot' }];
    const first = await ana.placeWithKey(body, key).expect(201);

    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
  });

  it('are part of the request that a key stands for', async () => {
    const key = randomUUID();
    await ana.placeWithKey({ ...order, pickup_name: 'Ada', note: 'Extra hot' }, key).expect(201);

    await ana.placeWithKey({ ...order, pickup_name: 'Ben', note: 'Extra hot' }, key).expect(422);
    await ana.placeWithKey({ ...order, pickup_name: 'Ada' }, key).expect(422);
    await ana.placeWithKey({ ...order, pickup_name: ' Ada\u200b ', note: 'Extra hot\r\n' }, key).expect(200);
  });

  it.each([
    ['left out', {}],
    ['null', { pickup_name: null, note: null }],
    ['a blank note', { note: ' \r\n\u200b' }],
  ])('are null if they are %s', async (_, fields) => {
    expect(await place(fields)).toMatchObject({ pickup_name: null, note: null });
  });

  it.each([
    ['a pickup name', { pickup_name: ' Cafe\u0301\u200b\u3000Ada ' }, { pickup_name: 'Caf\u00e9 Ada' }],
    ['a note', { note: '\n Extra \u00a0hot\u202e\r\n\rNo sugar ' }, { note: 'Extra hot\n\nNo sugar' }],
  ])('are cleaned: %s', async (_, sent, stored) => {
    expect(await place(sent)).toMatchObject(stored);
  });

  it('count their characters after cleaning', async () => {
    const texts = { pickup_name: '\ud83c\udf69'.repeat(40), note: 'n'.repeat(280) };

    const placed = await place({ pickup_name: ` ${texts.pickup_name}\ufe0f`, note: `\n${texts.note}\r\n` });

    expect(placed).toMatchObject(texts);
  });

  it.each([
    ['an empty pickup name', { pickup_name: '' }, 'pickup_name must have 1 to 40 characters'],
    ['a blank pickup name', { pickup_name: ' \u200b' }, 'pickup_name must have 1 to 40 characters'],
    ['a long pickup name', { pickup_name: 'n'.repeat(41) }, 'pickup_name must have 1 to 40 characters'],
    [
      'a line break in a pickup name',
      { pickup_name: 'A\nda' },
      'pickup_name must not contain control characters',
    ],
    [
      'a tab after a pickup name',
      { pickup_name: 'Ada\t' },
      'pickup_name must not contain control characters',
    ],
    ['a pickup name that is a number', { pickup_name: 7 }, expect.any(String)],
    ['a pickup name that is a list', { pickup_name: ['Ada'] }, expect.any(String)],
    ['a long note', { note: 'n'.repeat(281) }, 'note must have at most 280 characters'],
    ['a tab in a note', { note: 'Extra\thot' }, NO_CONTROLS_IN_NOTE],
    ['an escape character in a note', { note: '\u001b[31m' }, NO_CONTROLS_IN_NOTE],
    ['a note that is a number', { note: 7 }, expect.any(String)],
    ['a note that is an object', { note: { text: 'hot' } }, expect.any(String)],
  ])('are refused: %s', async (_, fields, message) => {
    const { body } = await ana.post(ORDERS, { ...order, ...fields }).expect(422);

    expect(body.errors).toEqual([{ field: Object.keys(fields)[0], message }]);
  });
});
