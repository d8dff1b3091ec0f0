import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually.js';
import type { ReceivedNotification } from '../support/notification-stub.js';
import { fail, NotificationContext } from './notification-context.js';

const [OLD_SECRET, NEW_SECRET] = [newSecret(), newSecret()];

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function signedHeaders(headers: ReceivedNotification['headers']): Record<string, string> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}

describe('the webhook-signature of a notification', () => {
  let context: NotificationContext;
  let received: ReceivedNotification;

  beforeAll(async () => {
    context = await NotificationContext.start({
      NOTIFICATION_SIGNING_SECRET: `${OLD_SECRET} ${NEW_SECRET}`,
    });
    await context.startWorker();
    const order = await context.placeOrder('preparation');
    received = await eventually('the notification', () => context.inspector.received(order)[0]);
  });
  afterAll(() => context.close());

  it.each([
    ['the first', OLD_SECRET],
    ['the second', NEW_SECRET],
  ])('is verified by a receiver with %s of two secrets', (_, secret) => {
    const content = new Webhook(secret).verify(received.body, signedHeaders(received.headers));

    expect(content).toEqual({ status: 'preparation' });
  });

  it('has one signature for each secret', () => {
    expect(received.headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=$/);
  });

  it('is refused by a receiver with another secret', () => {
    expect(() => new Webhook(newSecret()).verify(received.body, signedHeaders(received.headers))).toThrow(
      'No matching signature found',
    );
  });

  it('is refused with a changed body', () => {
    const changed = received.body.replace('preparation', 'delivered');

    expect(() => new Webhook(OLD_SECRET).verify(changed, signedHeaders(received.headers))).toThrow(
      'No matching signature found',
    );
  });

  it('is verified for each attempt', async () => {
    context.app.notifications.once(fail);
    const order = await context.placeOrder('preparation');
    await context.inspector.waitForAttempts(order, 1);
    await context.inspector.makeDue(order);
    await context.inspector.waitForState('delivered', order);

    const attempts = context.inspector.received(order);

    expect(attempts).toHaveLength(2);
    for (const { body, headers } of attempts)
      expect(() => new Webhook(OLD_SECRET).verify(body, signedHeaders(headers))).not.toThrow();
  });
});
