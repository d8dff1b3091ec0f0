import { randomUUID } from 'node:crypto';
import { ApiProcess } from '../support/api-process.js';
import { blockConnections, allowConnections, terminateConnections } from '../support/database-connections.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import { chargeAndReset, decline } from '../support/payment-stub.js';
import { Program } from '../support/program.js';
import { TestApp } from '../support/test-app.js';

const JWT_SECRET_KEY = 'canary-of-a-secret-that-signs-tokens';
const KEY = 'canary-of-a-key';

describe('the logs of a whole day', () => {
  let app: TestApp;
  let output: string;
  let tokens: string[];

  beforeAll(async () => {
    app = await TestApp.start({ JWT_SECRET_KEY });
    const environment = { ...app.environment, LOG_LEVEL: 'trace', RECOVERY_INTERVAL_MS: '50' };
    const [api, worker] = [
      await ApiProcess.start(environment),
      Program.start('apps/worker/main.js', environment),
    ];
    const [ana, manager] = [await logIn(api.url, 'customer'), await logIn(api.url, 'manager')];
    tokens = [ana, manager].map(({ token = '' }) => token);
    const order = await ana.orderFor(['Latte', 'Vanilla']);

    // What goes well.
    const { body: placed } = await ana
      .placeWithKey({ ...order, metadata: { note: 'canary of a note' } }, KEY)
      .expect(201);
    await ana.placeWithKey({ ...order, metadata: { note: 'canary of a note' } }, KEY).expect(200);
    await manager.changeStatus(placed.id, 'preparation').expect(200);
    await ana.get(`/api/v1/orders/${placed.id}?token=canary-in-a-query`).expect(200);
    // What is refused.
    const form = { username: 'canary@example.com', password: 'canary of a password' };
    await app.anonymous().at(api.url).post('/api/v1/auth/token').type('form').send(form).expect(401);
    await app.anonymous().at(api.url).post('/api/v1/auth/token', JSON.stringify(form)).expect(415);
    await ana.post('/api/v1/orders', '{"password":"canary of a password"').expect(400);
    await ana.post('/api/v1/orders', { password: 'canary of a password' }).expect(422);
    await ana.get('/api/v1/admin/orders').set('Cookie', 'session=canary').expect(403);
    await app
      .anonymous()
      .at(api.url)
      .get(`/api/v1/orders/${placed.id}`)
      .set('Authorization', `Bearer canary.${tokens[0] ?? ''}`)
      .expect(401);
    // What goes wrong.
    app.payments.once(decline(402, '{"reason":"no funds"}'));
    await ana.placeWithKey(order, randomUUID()).expect(402);
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, `${KEY}-2`).expect(503);
    await blockConnections(app.database);
    await terminateConnections(app.database);
    await ana.placeWithKey(order, `${KEY}-3`).expect(503);
    await app.anonymous().at(api.url).post('/api/v1/auth/token').type('form').send(form).expect(503);
    await allowConnections(app.database);
    await eventually('the notification', () => app.notifications.received[0]);

    await api.stop();
    worker.send('SIGTERM');
    await worker.exited;
    output = [api.program, worker].map((program) => program.stdout + program.stderr).join('');
  }, 60_000);
  afterAll(() => app.close());

  it('say what happened, each line in JSON with a level and a time', () => {
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines)
      expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String) });
    const told = lines.map(({ msg }) => msg);
    for (const sentence of [
      'request completed',
      'A login failed',
      'The payment provider answered',
      'The payment provider gave no answer',
    ])
      expect(told).toContain(sentence);
  });

  it('name the user whom something was refused, by their id', () => {
    const refused = output.split('\n').filter((line) => line.includes('"statusCode":403'));

    expect(refused).toHaveLength(1);
    expect(JSON.parse(refused[0] ?? '')).toMatchObject({ user: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('hold no password, token, key, secret, e-mail or what a customer wrote', () => {
    expect(output.split('\n').filter((line) => line.includes('canary'))).toEqual([]);
    for (const secret of [
      ...tokens,
      'customer123',
      'manager123',
      '@example.com',
      new URL(app.database.url).password,
      '$argon2',
    ])
      expect(output).not.toContain(secret);
  });
});
