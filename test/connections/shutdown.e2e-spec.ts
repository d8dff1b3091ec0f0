import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { HeldCharge } from '../support/held-charge.js';
import { RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const GRACE_MS = 1_000;
const UNREAD = 'GET /docs/swagger-ui-init.js HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000);
const UNFINISHED_BODY =
  'POST /api/v1/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nu';
const UNFINISHED = 'GET /api/v1/menu HTTP/1.1\r\nHost: loc';

describe('closing the API', () => {
  it('ends running requests and their kept connections, and does not wait for silent ones', async () => {
    const app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
    const charge = new HeldCharge();
    app.payments.once(charge.behaviour);
    const ana = await app.customer();
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const silent = await RawConnection.open(app.url);
    const placing = ana
      .placeWithKey(order)
      .set('Connection', 'keep-alive')
      .then(({ status }) => status);
    await charge.arrived;

    const closing = app.close();
    await sleep(50);
    charge.release();

    expect(await placing).toBe(201);
    await closing;
    await silent.readToEnd();
  }, 10_000);

  it.each([
    ['does not read its responses', 0, UNREAD],
    ['has a request whose body is on its way', 0.9 * GRACE_MS, UNFINISHED_BODY],
  ])(
    'closes a connection that %s, at the latest after a time of grace',
    async (_, atLeastMs, bytes) => {
      const app = await TestApp.start({}, undefined, { closeGraceMs: GRACE_MS });
      const connection = await RawConnection.open(app.url);
      connection.write(bytes);
      await app.anonymous().get('/api/v1/menu').expect(200);
      const closedAt = performance.now();

      await app.close();

      expect(performance.now() - closedAt).toBeGreaterThanOrEqual(atLeastMs);
      await connection.readToEnd();
    },
    10_000,
  );
});

describe('the API program', () => {
  it('exits within 15 s of SIGTERM whatever its clients do', async () => {
    const app = await TestApp.start();
    const api = await ApiProcess.start(app.environment);
    const connections = await Promise.all(
      [UNREAD, UNFINISHED, ''].map(async (bytes) => (await RawConnection.open(api.url)).write(bytes)),
    );
    await app.anonymous().at(api.url).get('/api/v1/menu').expect(200);

    const stoppedAt = performance.now();
    await api.stop();

    expect(performance.now() - stoppedAt).toBeLessThan(15_000);
    for (const connection of connections) connection.hangUp();
    await app.close();
  });
});
