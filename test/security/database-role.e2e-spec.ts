import pg from 'pg';
import { Device, setUsed } from '../sessions/session-client.js';
import { ApiProcess } from '../support/api-process.js';
import { createRole, type DatabaseRole } from '../support/database-role.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import { chargeAndReset } from '../support/payment-stub.js';
import { Program } from '../support/program.js';
import { refundAndReset } from '../support/refund-stub.js';
import { TestApp } from '../support/test-app.js';

describe('a database role with the grants of docs/database-role.sql', () => {
  let app: TestApp;
  let role: DatabaseRole;

  beforeAll(async () => {
    app = await TestApp.start();
    role = await createRole(app.database);
  });
  afterAll(async () => {
    await role.drop();
    await app.close();
  });

  it('has all permissions that the API and the worker need', async () => {
    const environment = { ...app.environment, DATABASE_URL: role.url };
    const api = await ApiProcess.start(environment);
    const [customer, manager] = [await logIn(api.url, 'customer'), await logIn(api.url, 'manager')];

    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const placed = await customer.placeWithKey(order).expect(201);
    await manager.changeStatus(placed.body.id, 'preparation').expect(200);
    await manager.get('/api/v1/admin/orders').expect(200);
    await customer.get('/api/v1/orders').expect(200);
    const refundsPath = `/api/v1/orders/${placed.body.id}/refunds`;
    await manager.post(refundsPath, { amount_cents: 100, reason: 'quality' }).expect(201);
    await manager.post(`/api/v1/orders/${placed.body.id}/cancel`).expect(200);
    await customer.get(`/api/v1/orders/${placed.body.id}/timeline`).expect(200);
    await manager.get('/api/v1/admin/refunds').expect(200);
    const boardPath = await EventStreamClient.withTicket(manager, '/api/v1/admin/board/stream');
    const board = await EventStreamClient.open({ url: api.url, token: undefined }, boardPath);
    await board.event('snapshot');
    board.close();
    await manager.post('/api/v1/auth/stream-ticket').expect(201);
    await manager.post('/api/v1/admin/notifications/redrive').expect(200);

    const newProduct = { name: 'Cortado', base_price_cents: 300, variations: [{ name: 'Oat' }] };
    const product = await manager.post('/api/v1/admin/products', newProduct).expect(201);
    const productPath = `/api/v1/admin/products/${product.body.id}`;
    await manager.patch(productPath, { base_price_cents: 310, variations: [{ name: 'Soy' }] }).expect(200);
    await manager.put(`${productPath}/availability`, { sold_out: true }).expect(200);
    await manager.delete(productPath).expect(204);

    await manager.put('/api/v1/admin/shop/pause', { minutes: 1 }).expect(200);
    await manager.delete('/api/v1/admin/shop/pause').expect(204);
    await manager.put('/api/v1/admin/shop/limits', { max_open_orders: 9 }).expect(200);
    await customer.placeWithKey(order).expect(201);

    const failedLogin = new URLSearchParams({ username: 'customer@example.com', password: 'a guess' });
    const login = await fetch(`${api.url}/api/v1/auth/token`, { method: 'POST', body: failedLogin });
    expect(login.status).toBe(401);

    const eve = { email: 'eve@example.com', password: 'three blue cups of tea' };
    const registered = await manager.post('/api/v1/auth/register', eve).expect(201);
    await manager.get('/api/v1/auth/me').expect(200);
    const userPath = `/api/v1/admin/users/${registered.body.id}`;
    await manager.patch(userPath, { role: 'barista', disabled: true }).expect(200);
    await manager
      .post('/api/v1/admin/users', { ...eve, email: 'ben@example.com', role: 'barista' })
      .expect(201);
    await manager.get('/api/v1/admin/users').expect(200);
    const barista = await logIn(api.url, 'barista');
    const passwords = { current_password: 'barista123', new_password: eve.password };
    await barista.post('/api/v1/auth/password', passwords).expect(204);

    const device = new Device(api.url);
    const session = await device.openSession();
    await device.use(session).expect(404);
    await device.rotate(await device.rotate(session));
    await device.rotate(session);
    await device.revoke(session.refresh_token).expect(200);
    const stolen = await device.openSession();
    await device.rotate(stolen);
    await setUsed(app.database, stolen, '11 seconds');
    await device.refresh(stolen.refresh_token).expect(400);
    await device.openSession();

    app.payments.once(chargeAndReset);
    app.refunds.once(refundAndReset);
    await customer.placeWithKey(order).expect(503);
    const unknown = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
    const resolution = { outcome: 'charged', note: 'In the ledger' };
    await manager.post(`/api/v1/admin/placements/${unknown.body[0].id}/resolve`, resolution).expect(200);

    const day = String(placed.body.created_at).slice(0, 10);
    await manager.get(`/api/v1/admin/reports/days/${day}`).expect(200);
    const audit = await manager.get('/api/v1/admin/audit?action=order.status').expect(200);
    expect(audit.body).toMatchObject([{ subject: { id: placed.body.id } }]);

    await app.database.query(`UPDATE idempotency_keys SET expires_at = now()`);
    await app.database.query(`UPDATE sessions SET expires_at = now()`);
    await app.database.query(`UPDATE stream_tickets SET expires_at = now()`);
    for (const table of ['orders', 'order_placements', 'notifications', 'refunds'])
      await app.database.query(`UPDATE ${table} SET created_at = now() - interval '2 days'`);
    const worker = Program.start('apps/worker/main.js', { ...environment, RETENTION_DAYS: '1' });
    await eventually('the notification', () => app.notifications.received[0]);
    await eventually('an unknown refund', async () => {
      const { body } = await manager.get('/api/v1/admin/refunds?state=unknown').expect(200);
      return (body as unknown[]).length === 1;
    });
    const [refund] = (await manager.get('/api/v1/admin/refunds?state=unknown').expect(200)).body;
    await manager
      .post(`/api/v1/admin/refunds/${refund.id}/resolve`, { outcome: 'refunded', note: 'In the ledger' })
      .expect(200);
    await eventually(
      'the deletion of expired keys',
      async () => (await app.database.query('SELECT FROM idempotency_keys')).length === 0,
    );
    await eventually(
      'the deletion of expired sessions',
      async () => (await app.database.query('SELECT FROM sessions')).length === 0,
    );

    await eventually(
      'the deletion of expired stream tickets',
      async () => (await app.database.query('SELECT FROM stream_tickets')).length === 0,
    );

    await eventually('the end of the retention', async () => {
      const positions = await app.database.query<{ isMoved: boolean }>(
        `SELECT created_at > '-infinity' AS "isMoved" FROM cleanup_positions`,
      );
      return positions.every(({ isMoved }) => isMoved);
    });

    worker.send('SIGTERM');
    await worker.exited;
    await api.stop();
    expect(worker.stdout + api.program.stdout).not.toContain('permission denied');
  });

  it.each([
    'CREATE TABLE loot ()',
    `SELECT setval('order_numbers', 1)`,
    'DROP TABLE orders',
    'TRUNCATE orders',
    'DELETE FROM orders',
    'DELETE FROM payments',
    'DELETE FROM refunds',
    `UPDATE refund_resolutions SET outcome = 'refunded'`,
    'DELETE FROM order_placements',
    'UPDATE payments SET amount_cents = 0',
    `INSERT INTO cleanup_positions (name) VALUES ('orders')`,
    'DELETE FROM cleanup_positions',
    `UPDATE order_items SET unit_price_cents = 0`,
    `UPDATE users SET email = 'x@example.com'`,
    'DELETE FROM users',
    'DELETE FROM shop_settings',
    'INSERT INTO shop_settings DEFAULT VALUES',
    'UPDATE sessions SET user_id = user_id',
    'UPDATE refresh_tokens SET session_id = session_id',
    'UPDATE stream_tickets SET user_id = user_id',
    'DELETE FROM refresh_tokens',
    `UPDATE audit_log SET actor_id = NULL`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    'ALTER TABLE users DISABLE TRIGGER ALL',
    'DELETE FROM migrations',
    `COPY orders TO PROGRAM 'sh'`,
  ])('lacks the permission for %s', async (statement) => {
    const client = new pg.Client({ connectionString: role.url });
    await client.connect();

    await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);

    await client.end();
  });
});
