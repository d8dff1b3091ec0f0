import { Refunds1764200000003 } from '../../migrations/1764200000003-refunds.js';
import { logIn } from '../support/log-in.js';
import { TestApp } from '../support/test-app.js';
import { FormerShop, MANAGER_ID, type Migration } from './former-shop.js';

/** The last migration of the version before staff accounts. */
const BEFORE_STAFF = Refunds1764200000003;
const REFUSAL = 'There are refunds or cancelled orders, which would be lost';
const KEYS_REFUSAL = 'Placements have provider keys that the former version does not know';

/** Reverts what can be reverted, and returns the contents after another upgrade. Newer tables begin again without rows. */
async function refusedDowngrade(
  shop: FormerShop,
  refusal: string,
  last?: Migration,
): Promise<Map<string, unknown[]>> {
  await expect(shop.downgrade(last)).rejects.toThrow(refusal);
  await shop.upgrade();
  return shop.contents();
}

describe('The way back to the version before refunds', () => {
  let shop: FormerShop;

  beforeEach(async () => {
    shop = await FormerShop.create();
  });

  it('is refused, and loses nothing but the audit log, while there are refunds', async () => {
    await shop.insertDue([]);
    await shop.upgrade();
    const app = await TestApp.start({}, shop.database);
    const customer = await logIn(app.url, 'customer');
    const order = {
      ...(await customer.orderFor(['Latte', 'Vanilla'])),
      pickup_name: 'Ada',
      note: 'no sugar',
    };
    // With an Idempotency-Key, the placement would have a provider key.
    await customer.post('/api/v1/orders', order).expect(201);
    const before = await shop.contents();

    expect(await refusedDowngrade(shop, REFUSAL)).toEqual(before.set('audit_log', []));
    await app.close();
  });

  it('is refused, and loses nothing, once an order was placed with an Idempotency-Key', async () => {
    await shop.upgrade();
    const app = await TestApp.start({}, shop.database);
    const customer = await logIn(app.url, 'customer');
    await customer.placeWithKey(await customer.orderFor(['Latte', 'Vanilla'])).expect(201);
    const before = await shop.contents();

    expect(await refusedDowngrade(shop, KEYS_REFUSAL)).toEqual(before);
    await app.close();
  });

  it('is refused, and loses only the audit log and the request ids of notifications, while an order is cancelled without a refund', async () => {
    const { orderId } = await shop.insertOrder(0);
    await shop.upgrade();
    const app = await TestApp.start({}, shop.database);
    const manager = await logIn(app.url, 'manager');
    await manager
      .post(`/api/v1/orders/${orderId}/cancel`, { reason: 'closing', note: 'power cut' })
      .expect(200);
    await shop.database.query('UPDATE notifications SET request_id = NULL');
    const before = await shop.contents();
    expect(before.get('refunds')).toEqual([]);

    expect(await refusedDowngrade(shop, REFUSAL)).toEqual(before.set('audit_log', []));
    await app.close();
  });

  it('leaves all former rows as they were if there are none', async () => {
    await shop.insertOrder();
    await shop.insertDue([], 0);
    const before = await shop.contents();
    await shop.upgrade();

    await shop.downgrade();

    expect(await shop.contents()).toEqual(before);
    await shop.database.drop();
  });

  it('can be followed by a second upgrade', async () => {
    const { orderId } = await shop.insertOrder();
    await shop.upgrade();
    await shop.downgrade();

    await shop.upgrade();

    const app = await TestApp.start({}, shop.database);
    const customer = await logIn(app.url, 'customer');
    const { body } = await customer.get(`/api/v1/orders/${orderId}`).expect(200);
    expect(body).toMatchObject({ status: 'preparation', number: null, refunded_cents: 0 });
    await customer.placeOrder(['Latte', 'Vanilla']);
    await app.close();
  });
});

describe('The way back to the version before staff accounts', () => {
  it.each([
    [
      'a user is a barista',
      `INSERT INTO users (email, role, hashed_password) VALUES ('b@example.com', 'barista', '')`,
      'barista',
    ],
    [
      'a barista changed a status',
      `UPDATE order_status_transitions SET changed_by_role = 'barista'`,
      'barista',
    ],
    ['a barista requested a refund', `UPDATE refunds SET requested_by_role = 'barista'`, 'barista'],
    ['a user is disabled', 'UPDATE users SET disabled = true', 'users_enabled'],
  ])('is refused, and loses nothing, if %s', async (_, statement, refusal) => {
    const shop = await FormerShop.create();
    await shop.insertOrder();
    await shop.insertDue([['charged', MANAGER_ID]]);
    await shop.upgrade();
    await shop.database.query(statement);
    const before = await shop.contents();

    expect(await refusedDowngrade(shop, refusal, BEFORE_STAFF)).toEqual(before);
    await shop.database.drop();
  });
});
