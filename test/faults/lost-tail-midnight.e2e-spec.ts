import { randomUUID } from 'node:crypto';
import { chargeAndReset } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { EVENING, LostTailShop, MIDNIGHT } from './lost-tail-shop.js';

describe('around the end of a UTC day, after the database has lost its last commits', () => {
  let shop: LostTailShop;
  /** One customer, at processes with clocks before and after midnight. */
  let evening: Person;
  let night: Person;

  beforeAll(async () => {
    shop = await LostTailShop.start();
    const customer = await shop.app.customer();
    // One after the other, because a start takes long on a busy machine.
    evening = (await shop.startApi(EVENING)).clientFor(customer);
    night = (await shop.startApi(MIDNIGHT)).clientFor(customer);
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    shop.app.payments.charges.length = 0;
    await shop.beginTail();
  });

  it('a repeated key is charged again, because it cannot be distinguished from one that is used again', async () => {
    const key = randomUUID();
    await shop.place(evening, key);
    await shop.loseTail();

    await shop.place(night, key);

    expect(new Set(shop.chargedKeys()).size).toBe(2);
  });

  it('a key that is used again after its 24 hours, and lost, is charged once for this use', async () => {
    const key = randomUUID();
    await shop.place(evening, key);
    await shop.expireKeys();
    await shop.beginTail();
    await shop.place(night, key);
    await shop.loseTail();

    await shop.place(night, key);

    expect(shop.app.payments.charges).toHaveLength(2);
    expect(await shop.storedKeys()).toEqual(shop.chargedKeys().slice(1));
  });

  it('a key that is not lost keeps its provider key', async () => {
    const key = randomUUID();
    shop.app.payments.once(chargeAndReset);
    await evening.placeWithKey(shop.order, key).expect(503);

    await shop.place(night, key);

    expect(shop.app.payments.charges).toHaveLength(1);
    expect(await shop.storedKeys()).toEqual(shop.chargedKeys());
  });
});
