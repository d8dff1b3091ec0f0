import type { ServerResponse } from 'node:http';
import type { NotificationInspector } from '../support/notification-inspector.js';
import { accept } from '../support/notification-stub.js';
import type { TestApp } from '../support/test-app.js';
import { fail, NotificationContext } from './notification-context.js';

const MAX_STORED_BYTES = 64 * 1024;

describe('notifications of status changes', () => {
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

  it('have the new status as their only content', async () => {
    const order = await context.placeOrder('preparation', 'ready', 'delivered');

    await inspector.waitForState('delivered', order);

    expect(context.receivedBodies(order)).toEqual([
      '{"status":"preparation"}',
      '{"status":"ready"}',
      '{"status":"delivered"}',
    ]);
  });

  it('have headers with their id, time and order', async () => {
    const order = await context.placeOrder('preparation');
    const [row] = await inspector.waitForState('delivered', order);

    const [received] = inspector.received(order);
    expect(received?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'webhook-id': row?.id,
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-order-id': order,
    });
    const sentAt = Number(received?.headers['webhook-timestamp']) * 1000;
    expect(Math.abs(sentAt - Date.now())).toBeLessThan(10_000);
  });

  it('have no signature without a secret', async () => {
    const order = await context.placeOrder('preparation');

    await inspector.waitForState('delivered', order);

    expect(inspector.received(order)[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  it('have the numbers 1, 2, 3 within their order', async () => {
    const order = await context.placeOrder('preparation', 'ready', 'delivered');

    await inspector.waitForState('delivered', order);

    expect(context.receivedSequences(order)).toEqual(['1', '2', '3']);
  });

  it('are sent for accepted status changes only', async () => {
    const order = await context.placeOrder();
    await context.manager.changeStatus(order, 'ready').expect(400);
    await context.manager.changeStatus(order, 'brewed').expect(400);
    await context.customer.changeStatus(order, 'preparation').expect(403);
    await context.manager.changeStatus(order, 'preparation').expect(200);

    await inspector.waitForState('delivered', order);

    expect(context.receivedBodies(order)).toEqual(['{"status":"preparation"}']);
  });

  it('are sent while a request for another order hangs', async () => {
    const held = context.holdNextRequest();
    const hanging = await context.placeOrder('preparation');
    const response = await held();

    const order = await context.placeOrder('preparation', 'ready');

    await inspector.waitForState('delivered', order);
    expect(await inspector.attempts(hanging)).toEqual([]);
    response.end();
    await inspector.waitForState('delivered', hanging);
  });

  it('wait for earlier notifications of the same order only', async () => {
    const blocked = await context.placeOrder();
    app.notifications.defaultBehaviour = (response, request) =>
      (request.headers['x-order-id'] === blocked ? fail : accept)(response, request);
    await context.manager.changeStatus(blocked, 'preparation').expect(200);
    await context.manager.changeStatus(blocked, 'ready').expect(200);
    await inspector.waitForAttempts(blocked, 1);

    const other = await context.placeOrder('preparation', 'ready', 'delivered');
    await inspector.waitForState('delivered', other);
    await inspector.makeDue(blocked);
    const failures = (await inspector.waitForAttempts(blocked, 2)).length;
    app.notifications.defaultBehaviour = accept;
    await inspector.makeDue(blocked);
    await inspector.waitForState('delivered', blocked);

    const bodies = context.receivedBodies(blocked);
    expect(bodies.slice(0, failures)).toEqual(Array(failures).fill('{"status":"preparation"}'));
    expect(bodies.filter((body) => body === '{"status":"ready"}')).toHaveLength(1);
    expect(bodies.at(-1)).toBe('{"status":"ready"}');
  });

  it("store the provider's response", async () => {
    app.notifications.once((response) => response.writeHead(202).end('{"queued":true}'));
    const order = await context.placeOrder('preparation');

    expect(await inspector.waitForState('delivered', order)).toEqual([
      expect.objectContaining({
        attempts: 1,
        response_status_code: 202,
        response_payload: { queued: true },
        delivered_at: expect.any(Date),
      }),
    ]);
  });

  it.each<[string, (response: ServerResponse) => void, number]>([
    ['is huge', (response) => response.end('x'.repeat(5_000_000)), MAX_STORED_BYTES],
    ['never ends', (response) => response.write('the beginning'), 13],
    ['breaks off', (response) => response.write('half', () => response.destroy()), 4],
  ])('succeed if the body of a 2xx response %s, and store its beginning', async (_, send, storedBytes) => {
    app.notifications.once((response) => {
      response.writeHead(200);
      send(response);
    });
    const order = await context.placeOrder('preparation');

    const [row] = await inspector.waitForState('delivered', order);

    expect(row).toMatchObject({ attempts: 1, response_status_code: 200 });
    expect(row?.response_payload).toHaveLength(storedBytes);
    expect(inspector.received(order)).toHaveLength(1);
  });
});
