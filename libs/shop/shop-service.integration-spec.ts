import { jest } from '@jest/globals';
import type { Person } from '../../test/support/person.js';
import { TestApp } from '../../test/support/test-app.js';
import { ShopRepository } from './shop.repository.js';
import { ShopService } from './shop.service.js';

describe('the shop, while its settings do not change', () => {
  let app: TestApp;
  let customer: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    customer = await app.customer();
    await customer.placeOrder(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  it('costs an order no query', async () => {
    const repository = app.api.get(ShopRepository, { strict: false });
    const spies = [jest.spyOn(repository, 'read'), jest.spyOn(repository, 'isFull')];

    await customer.placeOrder(['Latte', 'Vanilla']);

    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it('is the same object', async () => {
    const shop = app.api.get(ShopService, { strict: false });

    expect(await shop.current()).toBe(await shop.current());
  });
});
