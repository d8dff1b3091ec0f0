import { decline } from '../support/payment-stub.js';
import { AuditContext } from './audit-context.js';

const PRODUCTS = '/api/v1/admin/products';
const PLACEMENTS = '/api/v1/admin/placements';
const NOTE = 'seen in the dashboard';

describe('an audit entry', () => {
  let context: AuditContext;
  let actor: { id: string; role: string };

  beforeAll(async () => {
    context = await AuditContext.start();
    actor = { id: context.manager.id, role: 'manager' };
  });
  afterAll(() => context.close());

  it('has all members of the contract', async () => {
    const response = await context.manager.post(PRODUCTS, context.newProduct()).expect(201);
    const { id, name, base_price_cents } = response.body;

    const [entry] = await context.about(id);

    expect(entry).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      actor,
      action: 'product.create',
      subject: { type: 'product', id },
      before: null,
      after: { name, base_price_cents, variations: [] },
      reason: null,
      request_id: response.headers['x-request-id'],
    });
    expect(Math.abs(Date.now() - Date.parse(entry?.at ?? ''))).toBeLessThan(60_000);
  });

  it('has a product before and after its change, with its variations', async () => {
    const id = await context.createProduct({ name: 'Flat', variations: [{ name: 'Oat' }, { name: 'Soy' }] });
    const change = { base_price_cents: 310, variations: [{ name: 'Oat', price_change_cents: 50 }] };
    await context.manager.patch(`${PRODUCTS}/${id}`, change).expect(200);

    const [entry, created] = await context.about(id);

    const variations = [
      { id: expect.any(String), name: 'Oat', price_change_cents: 0 },
      { id: expect.any(String), name: 'Soy', price_change_cents: 0 },
    ];
    expect(entry).toMatchObject({ action: 'product.update', before: created?.after });
    expect(entry?.before).toEqual({ name: 'Flat', base_price_cents: 300, variations });
    const changed = [{ ...variations[0], price_change_cents: 50 }];
    expect(entry?.after).toEqual({ name: 'Flat', base_price_cents: 310, variations: changed });
  });

  it('is not made for a product that stays as it is', async () => {
    const id = await context.createProduct({ variations: [{ name: 'Oat' }] });
    const { body } = await context.manager.get(`${PRODUCTS}/${id}`).expect(200);

    await context.manager.patch(`${PRODUCTS}/${id}`, body).expect(200);

    expect(await context.about(id)).toHaveLength(1);
  });

  it('has a withdrawn product as it was', async () => {
    const id = await context.createProduct({ name: 'Moka' });
    await context.manager.delete(`${PRODUCTS}/${id}`).expect(204);

    const [entry] = await context.about(id);

    const before = { name: 'Moka', base_price_cents: 300, variations: [] };
    expect(entry).toMatchObject({ action: 'product.withdraw', before, after: null });
  });

  it('has the status of an order before and after', async () => {
    const { id } = await context.placeOrder();
    await context.manager.changeStatus(id, 'preparation').expect(200);

    expect(await context.about(id)).toMatchObject([
      {
        action: 'order.status',
        subject: { type: 'order', id },
        before: { status: 'waiting' },
        after: { status: 'preparation' },
        reason: null,
      },
    ]);
  });

  it('has the role of the actor at that time', async () => {
    const { id } = await context.placeOrder();
    const barista = await context.app.barista();
    await barista.changeStatus(id, 'preparation').expect(200);
    const sql = `UPDATE users SET role = 'customer' WHERE id = $1`;
    await context.app.database.query(sql, [barista.id]);

    expect(await context.about(id)).toMatchObject([{ actor: { id: barista.id, role: 'barista' } }]);
  });

  it('has the reason and the note of a cancellation, whose refund has no entry', async () => {
    const { id } = await context.placeOrder();
    const before = await context.count();
    const cancellation = { reason: 'out_of_stock', note: 'No milk' };
    await context.manager.post(`/api/v1/orders/${id}/cancel`, cancellation).expect(200);

    expect(await context.about(id)).toMatchObject([
      {
        action: 'order.cancel',
        before: { status: 'waiting' },
        after: { status: 'cancelled', note: 'No milk' },
        reason: 'out_of_stock',
      },
    ]);
    expect(await context.count()).toBe(before + 1);
  });

  it('is not made if customers cancel their orders', async () => {
    const { id } = await context.placeOrder();
    await context.customer.post(`/api/v1/orders/${id}/cancel`).expect(200);

    expect(await context.about(id)).toEqual([]);
  });

  it('has the amount, reason and note of a refund', async () => {
    const order = await context.placeOrder();
    const refund = { amount_cents: 100, reason: 'quality', note: 'Sour milk' };
    const { body } = await context.manager.post(`/api/v1/orders/${order.id}/refunds`, refund).expect(201);

    expect(await context.about(body.id)).toMatchObject([
      {
        action: 'refund.create',
        subject: { type: 'refund', id: body.id },
        before: null,
        after: { order_id: order.id, ...refund },
        reason: 'quality',
      },
    ]);
  });

  it('is not made for a refund that exceeds the payment', async () => {
    const { id } = await context.placeOrder();
    const before = await context.count();

    const refund = { amount_cents: 431, reason: 'quality' };
    await context.manager.post(`/api/v1/orders/${id}/refunds`, refund).expect(409);

    expect(await context.count()).toBe(before);
  });

  it('has the state of a resolved refund before and after, and each note', async () => {
    const id = await context.unknownRefund();
    const path = `/api/v1/admin/refunds/${id}/resolve`;
    await context.manager.post(path, { outcome: 'not_refunded', note: NOTE }).expect(200);
    await context.manager.post(path, { outcome: 'not_refunded', note: 'again' }).expect(200);

    const [second, first] = await context.about(id);

    const after = { state: 'rejected', outcome: 'not_refunded' };
    expect(first).toMatchObject({
      action: 'refund.resolve',
      before: { state: 'unknown' },
      after,
      reason: NOTE,
    });
    expect(second).toMatchObject({ before: { state: 'rejected' }, after, reason: 'again' });
  });

  it('has the state of a resolved placement before and after, and the note', async () => {
    const id = await context.unknownPlacement();
    const resolution = { outcome: 'not_charged', note: NOTE };
    await context.manager.post(`${PLACEMENTS}/${id}/resolve`, resolution).expect(200);

    expect(await context.about(id)).toMatchObject([
      {
        action: 'placement.resolve',
        subject: { type: 'placement', id },
        before: { state: 'unknown' },
        after: { state: 'declined', outcome: 'not_charged' },
        reason: NOTE,
      },
    ]);
  });

  it('is rolled back with a resolution during a refund', async () => {
    context.app.payments.once(decline(500));
    await context.customer.placeWithKey(await context.customer.orderFor(['Latte', 'Vanilla'])).expect(402);
    const { body } = await context.manager
      .get(`${PLACEMENTS}?state=declined_unconfirmed&limit=1`)
      .expect(200);
    const [{ id }] = body;
    const path = `${PLACEMENTS}/${id}/resolve`;
    await context.manager.post(path, { outcome: 'charged', note: NOTE }).expect(200);
    await context.app.database.query(`UPDATE refunds SET state = 'sending' WHERE placement_id = $1`, [id]);

    await context.manager.post(path, { outcome: 'not_charged', note: NOTE }).expect(409);

    expect(await context.about(id)).toMatchObject([{ after: { state: 'refund_due', outcome: 'charged' } }]);
  });

  it('has the state of a notification that is sent again', async () => {
    const id = await context.deadNotification();
    await context.manager.post(`/api/v1/admin/notifications/${id}/redrive`).expect(200);

    expect(await context.about(id)).toMatchObject([
      {
        action: 'notification.redrive',
        subject: { type: 'notification', id },
        before: { state: 'dead' },
        after: { state: 'pending' },
      },
    ]);
  });

  it('has the range of notifications that are sent again', async () => {
    await context.deadNotification();
    const range = { from: '2026-11-24T10:00:00Z' };
    await context.app.database.query(`UPDATE notifications SET created_at = '2026-11-24T11:00:00Z'`);
    await context.manager.post('/api/v1/admin/notifications/redrive', range).expect(200);

    const [entry] = await context.entries('?action=notification.redrive_all');

    expect(entry).toMatchObject({
      subject: { type: 'notification', id: null },
      before: { state: 'dead' },
      after: { state: 'pending', from: '2026-11-24T10:00:00.000Z', to: null },
    });
  });
});

describe('the seeds', () => {
  it('leave no audit entry', async () => {
    const context = await AuditContext.start();

    expect(await context.count()).toBe(0);

    await context.close();
  });
});
