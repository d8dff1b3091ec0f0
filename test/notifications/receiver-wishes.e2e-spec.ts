import type { NotificationInspector } from '../support/notification-inspector.js';
import { accept, type NotificationBehaviour } from '../support/notification-stub.js';
import type { TestApp } from '../support/test-app.js';
import { fail, NotificationContext } from './notification-context.js';

const HOUR_SECONDS = 3_600;
const MAX_FIRST_BACKOFF_SECONDS = 2;
const SECOND_MS = 1_000;

const gone: NotificationBehaviour = (response) => response.writeHead(410).end('no more');

function refuseWith(status: number, retryAfter: () => string): NotificationBehaviour {
  return (response) => response.writeHead(status, { 'Retry-After': retryAfter() }).end();
}

/** Returns an HTTP date so many seconds ahead. */
function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * SECOND_MS).toUTCString();
}

describe('a receiver of notifications', () => {
  let context: NotificationContext;
  let app: TestApp;
  let inspector: NotificationInspector;

  beforeAll(async () => {
    context = await NotificationContext.start();
    ({ app, inspector } = context);
    await context.startWorker();
  });
  afterAll(() => context.close());
  afterEach(() => (app.notifications.defaultBehaviour = accept));

  /** Returns an order with one notification, which the provider answers so. It answers others with 200. */
  async function placeOrder(behaviour: NotificationBehaviour): Promise<string> {
    const order = await context.placeOrder();
    app.notifications.defaultBehaviour = (response, request) =>
      (request.headers['x-order-id'] === order ? behaviour : accept)(response, request);
    await context.manager.changeStatus(order, 'preparation').expect(200);
    return order;
  }

  /** Returns for how many seconds a notification waits after the provider's first answer. */
  async function waitAfter(behaviour: NotificationBehaviour): Promise<number> {
    const order = await placeOrder(behaviour);
    await inspector.waitForAttempts(order, 1);
    const [notification] = await inspector.rows(order);
    expect(notification).toMatchObject({ state: 'pending', attempts: 1 });
    return ((notification?.due_at.getTime() ?? 0) - Date.now()) / SECOND_MS;
  }

  it.each<[string, NotificationBehaviour]>([
    ['429 and seconds', refuseWith(429, () => '600')],
    ['503 and seconds', refuseWith(503, () => '600')],
    ['429 and a date', refuseWith(429, () => inSeconds(600))],
  ])('is not asked again earlier than its Retry-After says, with %s', async (_, behaviour) => {
    const seconds = await waitAfter(behaviour);

    expect(seconds).toBeGreaterThan(570);
    expect(seconds).toBeLessThanOrEqual(600);
  });

  it('is asked again after an hour, if it asks for more', async () => {
    const seconds = await waitAfter(refuseWith(429, () => '86400'));

    expect(seconds).toBeGreaterThan(HOUR_SECONDS - 30);
    expect(seconds).toBeLessThanOrEqual(HOUR_SECONDS);
  });

  it.each<[string, NotificationBehaviour]>([
    ['asks for no wait', refuseWith(429, () => '0')],
    ['sends a malformed Retry-After', refuseWith(503, () => 'soon')],
    ['sends Retry-After with a 500', refuseWith(500, () => '600')],
  ])('is asked again after the own delay, if it %s', async (_, behaviour) => {
    expect(await waitAfter(behaviour)).toBeLessThanOrEqual(MAX_FIRST_BACKOFF_SECONDS);
  });

  it('gets no further attempt after a 410', async () => {
    const order = await placeOrder(gone);

    expect(await inspector.waitForState('dead', order)).toMatchObject([
      { attempts: 1, response_status_code: 410, response_payload: 'no more' },
    ]);
  });

  it('gets twelve attempts when a manager retries after a 410', async () => {
    const order = await placeOrder(gone);
    const [dead] = await inspector.waitForState('dead', order);
    app.notifications.defaultBehaviour = fail;
    await context.manager.post(`/api/v1/admin/notifications/${dead?.id}/redrive`).expect(200);
    await inspector.waitForAttempts(order, 2);

    await app.database.query('UPDATE notifications SET attempts = 11 WHERE order_id = $1', [order]);
    await inspector.makeDue(order);
    await inspector.waitForAttempts(order, 3);
    expect(await inspector.rows(order)).toMatchObject([{ state: 'pending', attempts: 12 }]);
    await inspector.makeDue(order);

    expect(await inspector.waitForState('dead', order)).toMatchObject([{ attempts: 13 }]);
  });
});
