import { randomUUID } from 'node:crypto';
import { Device, setUsed } from '../sessions/session-client.js';
import { ApiProcess } from '../support/api-process.js';
import { allowConnections, blockConnections, terminateConnections } from '../support/database-connections.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import { approveWith, chargeAndReset, decline } from '../support/payment-stub.js';
import { Person } from '../support/person.js';
import { Program } from '../support/program.js';
import { TestApp } from '../support/test-app.js';

// "canary" marks every secret that these tests send.
const JWT_SECRET_KEY = 'canary-of-a-secret-that-signs-tokens';
// Base64 of 24 bytes.
const NOTIFICATION_SIGNING_SECRET = 'whsec_canaryOfASecretThatSignsRequests';
const KEY = 'canary-of-a-key';
const LOGIN = { username: 'canary@example.com', password: 'canary of a password' };

interface Clients {
  anonymous: Person;
  customer: Person;
  manager: Person;
}

type OrderBody = Awaited<ReturnType<Person['orderFor']>>;

/** Returns the id of the placed order. */
async function sendValidRequests({ customer, manager }: Clients, order: OrderBody): Promise<string> {
  const metadata = { note: 'canary of metadata' };
  const texts = { metadata, pickup_name: 'canary of a name', note: 'canary of a note' };
  const orderWithNote = { ...order, ...texts };
  const { body: placed } = await customer.placeWithKey(orderWithNote, KEY).expect(201);
  await customer.placeWithKey(orderWithNote, KEY).expect(200);
  await manager.changeStatus(placed.id, 'preparation').expect(200);
  await customer.get(`/api/v1/orders/${placed.id}?token=canary-in-a-query`).expect(200);
  return placed.id;
}

/** Returns the tokens that were sent and received. */
async function useSessions(app: TestApp, { url }: ApiProcess): Promise<string[]> {
  const device = new Device(url);
  const [session, stolen] = [await device.openSession(), await device.openSession()];
  const [next, successor] = [await device.rotate(session), await device.rotate(stolen)];
  await device.revoke(next.refresh_token).expect(200);
  await setUsed(app.database, stolen, '11 seconds');
  await device.refresh(stolen.refresh_token).expect(400);
  await device.refresh('canary-of-a-refresh-token').expect(400);
  await device.revoke('canary-of-a-token').expect(200);
  return [session, stolen, next, successor].flatMap((tokens) => [tokens.access_token, tokens.refresh_token]);
}

/** Returns the access token that was received. */
async function useAccount({ anonymous }: Clients, { url }: ApiProcess): Promise<string> {
  const { username: email, password } = { ...LOGIN, username: 'canary-of-an-e-mail@example.com' };
  await anonymous.post('/api/v1/auth/register', { email, password }).expect(201);
  const { body } = await new Device(url).logIn({ username: email, password, scope: '' }).expect(200);
  const user = new Person(url, email, body.access_token);
  const change = { current_password: 'canary of a guess', new_password: `another ${password}` };
  await user.post('/api/v1/auth/password', change).expect(401);
  await user.post('/api/v1/auth/password', { ...change, current_password: password }).expect(204);
  return body.access_token;
}

/** Opens a stream with a ticket, twice. Returns the ticket. */
async function useTicket({ anonymous, manager }: Clients): Promise<string> {
  const path = await EventStreamClient.withTicket(manager, '/api/v1/admin/board/stream');
  const stream = await EventStreamClient.open({ url: anonymous.url, token: undefined }, path);
  await stream.event('snapshot');
  stream.close();
  await anonymous.get(path).expect(401);
  return new URLSearchParams(path.split('?')[1]).get('ticket') ?? '';
}

async function sendInvalidRequests({ anonymous, customer }: Clients, orderId: string): Promise<void> {
  await anonymous.post('/api/v1/auth/token').type('form').send(LOGIN).expect(401);
  await anonymous.post('/api/v1/auth/token', JSON.stringify(LOGIN)).expect(415);
  await customer.post('/api/v1/orders', '{"password":"canary of a password"').expect(400);
  await customer.post('/api/v1/orders', { password: 'canary of a password' }).expect(422);
  await customer.get('/api/v1/admin/orders').set('Cookie', 'session=canary').expect(403);
  await anonymous
    .get(`/api/v1/orders/${orderId}`)
    .set('Authorization', `Bearer canary.${customer.token ?? ''}`)
    .expect(401);
}

async function sendRequestsDuringOutages(
  app: TestApp,
  { anonymous, customer }: Clients,
  order: OrderBody,
): Promise<void> {
  app.payments.once(decline(402, '{"reason":"canary of a reason"}'));
  await customer.placeWithKey(order, randomUUID()).expect(402);
  app.payments.once(chargeAndReset);
  await customer.placeWithKey(order, `${KEY}-2`).expect(503);
  await blockConnections(app.database);
  await terminateConnections(app.database);
  await customer.placeWithKey(order, `${KEY}-3`).expect(503);
  await anonymous.post('/api/v1/auth/token').type('form').send(LOGIN).expect(503);
  await allowConnections(app.database);
}

describe('logs of the API and the worker at LOG_LEVEL=trace', () => {
  let app: TestApp;
  let output: string;
  let tokens: string[];

  beforeAll(async () => {
    app = await TestApp.start({ JWT_SECRET_KEY, NOTIFICATION_SIGNING_SECRET });
    const environment = { ...app.environment, LOG_LEVEL: 'trace', RECOVERY_INTERVAL_MS: '50' };
    const api = await ApiProcess.start(environment);
    const worker = Program.start('apps/worker/main.js', environment);
    const clients = {
      anonymous: app.anonymous().at(api.url),
      customer: await logIn(api.url, 'customer'),
      manager: await logIn(api.url, 'manager'),
    };
    tokens = [clients.customer, clients.manager].map(({ token = '' }) => token);
    tokens.push(...(await useSessions(app, api)), await useAccount(clients, api), await useTicket(clients));

    app.payments.defaultBehaviour = approveWith('{"receipt":"canary of a receipt"}');
    app.notifications.once((response) => response.writeHead(500).end('canary of an error'));
    app.notifications.defaultBehaviour = (response) => response.end('{"note":"canary of a note"}');
    const order = await clients.customer.orderFor(['Latte', 'Vanilla']);
    const orderId = await sendValidRequests(clients, order);
    // A program that starts during the outage would write a sentence about it to stderr.
    await eventually('the start of the worker', () => app.notifications.received[0]);
    await sendInvalidRequests(clients, orderId);
    await sendRequestsDuringOutages(app, clients, order);
    await eventually('the delivery of the notification', () => worker.stdout.includes('was delivered'));

    await api.stop();
    worker.send('SIGTERM');
    await worker.exited;
    output = [api.program, worker].map((program) => program.stdout + program.stderr).join('');
  }, 60_000);
  afterAll(() => app.close());

  function lines(): Record<string, unknown>[] {
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it.each([/^Coffee shop API \d+\.\d+\.\d+ listens on http:/, /^Coffee shop worker \d+\.\d+\.\d+ started$/])(
    'tell once that the program matching %s runs',
    (message) => {
      expect(lines().filter(({ msg }) => message.test(String(msg)))).toHaveLength(1);
    },
  );

  it('are JSON lines with a level and a time', () => {
    expect(lines().length).toBeGreaterThan(20);
    for (const line of lines())
      expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String) });
  });

  it.each([
    'request completed',
    'A login failed',
    'A user logged in',
    'A user ended a session',
    'A customer registered',
    'A user changed the password',
    'A session ended because its refresh token was used again',
    'The payment provider answered',
    'The payment provider gave no answer',
    'A notification is tried again later',
    'A notification was delivered',
  ])('contain "%s"', (message) => {
    expect(lines().map(({ msg }) => msg)).toContain(message);
  });

  it('contain the id of a user whose request was forbidden, and the problem', () => {
    const forbidden = output.split('\n').filter((line) => line.includes('"statusCode":403'));

    expect(forbidden).toHaveLength(1);
    expect(JSON.parse(forbidden[0] ?? '')).toMatchObject({
      user: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code: 'insufficient_permissions',
    });
  });

  it('contain the status and length of a provider response', () => {
    const answers = lines().filter(({ msg }) => msg === 'The payment provider answered');
    const delivered = lines().filter(({ msg }) => msg === 'A notification was delivered');

    expect(answers[0]).toMatchObject({ status: 200, bodyBytes: 33 });
    expect(delivered[0]).toMatchObject({ responseStatusCode: 200, responseBytes: 27 });
  });

  it('do not contain passwords, tokens, keys, secrets, emails or bodies', () => {
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
