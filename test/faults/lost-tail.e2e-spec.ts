import { randomUUID } from 'node:crypto';
import type { ApiProcess } from '../support/api-process.js';
import { HeldCharge } from '../support/held-charge.js';
import type { Person } from '../support/person.js';
import { EVENING, LostTailShop } from './lost-tail-shop.js';

describe('after the database has lost its last commits', () => {
  let shop: LostTailShop;
  let api: ApiProcess;
  let ana: Person;

  beforeAll(async () => {
    shop = await LostTailShop.start();
    api = await shop.startApi(EVENING);
    ana = api.clientFor(await shop.app.customer());
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    shop.app.payments.charges.length = 0;
    await shop.beginTail();
  });

  it('a repeated key gets an order for its first charge', async () => {
    const keys = Array.from({ length: 5 }, () => randomUUID());
    const lost = await Promise.all(keys.map((key) => shop.place(ana, key)));
    await shop.loseTail();
    await ana.get(`/api/v1/orders/${lost[0]!.id}`).expect(404);

    const placed = await Promise.all(keys.map((key) => shop.place(ana, key)));

    expect(shop.app.payments.charges).toHaveLength(keys.length);
    expect((await shop.storedKeys()).sort()).toEqual(shop.chargedKeys().sort());
    for (const { id } of placed) await ana.get(`/api/v1/orders/${id}`).expect(200);
  });

  it('a repeated key is charged for another request, and for another customer', async () => {
    const key = randomUUID();
    await shop.place(ana, key);
    await shop.loseTail();

    await ana.placeWithKey({ ...shop.order, note: 'no foam' }, key).expect(201);
    await shop.place(api.clientFor(await shop.app.customer()), key);

    expect(shop.app.payments.charges).toHaveLength(3);
  });

  it('a repeated key gets one order if the first charge is still under way', async () => {
    const [key, held] = [randomUUID(), new HeldCharge()];
    shop.app.payments.once(held.behaviour);
    const first = ana.placeWithKey(shop.order, key).then((response) => response);
    await held.arrived;
    await shop.loseTail();

    const second = await shop.place(ana, key);
    held.release();

    expect((await first).body).toEqual(second);
    expect(shop.app.payments.charges).toHaveLength(1);
    expect(await shop.storedKeys()).toEqual(shop.chargedKeys());
  });

  it('a repeated key gets the order that the first response brings', async () => {
    const [key, held, repeated] = [randomUUID(), new HeldCharge(), new HeldCharge()];
    shop.app.payments.once(held.behaviour);
    shop.app.payments.once(repeated.behaviour);
    const first = ana.placeWithKey(shop.order, key).then((response) => response);
    await held.arrived;
    await shop.loseTail();
    const second = ana.placeWithKey(shop.order, key).then((response) => response);
    await repeated.arrived;

    held.release();
    const { body } = await first;
    repeated.release();

    expect((await second).body).toEqual(body);
    expect([(await first).status, (await second).status]).toEqual([201, 200]);
    expect(shop.app.payments.charges).toHaveLength(1);
    expect(await shop.storedKeys()).toEqual(shop.chargedKeys());
  });

  it('a key whose attempt was never sent is charged once', async () => {
    const key = randomUUID();
    await shop.app.payments.stop();
    await ana.placeWithKey(shop.order, key).expect(503);
    await shop.app.payments.restart();

    await shop.place(ana, key);
    await shop.loseTail();
    await shop.place(ana, key);

    expect(shop.app.payments.charges).toHaveLength(1);
  });

  it('a key that is used again after its 24 hours is charged again', async () => {
    const key = randomUUID();
    const first = await shop.place(ana, key);
    await shop.expireKeys();

    const second = await shop.place(ana, key);

    expect(second.id).not.toBe(first.id);
    expect(new Set(shop.chargedKeys()).size).toBe(2);
    expect(await shop.storedKeys()).toEqual(shop.chargedKeys());
  });
});
