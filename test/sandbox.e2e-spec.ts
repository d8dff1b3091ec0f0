import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { createSandbox } from '../apps/sandbox/create-sandbox.js';
import { eventually } from './support/eventually.js';

interface Overview {
  amounts: Record<string, string>;
  outage: { isOn: boolean };
  charges: { key: string }[];
  notifications: unknown[];
}

describe('the sandbox', () => {
  let sandbox: INestApplication;
  let url: string;

  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen(0, '127.0.0.1');
    url = await sandbox.getUrl();
  });
  afterAll(() => sandbox.close());

  function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
  }

  function charge(cents: number, key: string = randomUUID()): Promise<Response> {
    return post('/payment', { value: cents }, { 'Idempotency-Key': key });
  }

  /** What the page of the sandbox says. */
  async function overview(): Promise<Overview> {
    return (await (await fetch(url)).json()) as Overview;
  }

  async function booked(key: string): Promise<unknown> {
    const { charges } = await overview();
    return charges.find((entry) => entry.key === key);
  }

  it('approves any usual amount and books it', async () => {
    const key = randomUUID();

    const response = await charge(430, key);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: key, status: 'approved', value: 430 });
    expect(await booked(key)).toEqual({
      key,
      amountCents: 430,
      approved: true,
      requests: 1,
      bookedAt: expect.stringMatching(/Z$/),
    });
  });

  it.each([2, 402, 1_002])('declines %i cents with 402', async (cents) => {
    const key = randomUUID();

    const response = await charge(cents, key);

    expect(response.status).toBe(402);
    expect(await response.json()).toEqual({ status: 'declined', reason: 'insufficient funds' });
    expect(await booked(key)).toMatchObject({ approved: false });
  });

  it('answers 405 cents with 500 and does not charge them', async () => {
    const key = randomUUID();

    expect((await charge(405, key)).status).toBe(500);
    expect(await booked(key)).toMatchObject({ approved: false });
  });

  it('charges 407 cents and breaks the connection before the answer; the same key is told so', async () => {
    const key = randomUUID();

    await expect(charge(407, key)).rejects.toThrow('fetch failed');

    expect(await booked(key)).toMatchObject({ approved: true, requests: 1 });
    expect((await charge(407, key)).status).toBe(200);
    expect(await booked(key)).toMatchObject({ requests: 2 });
  });

  it('approves 408 cents after three seconds', async () => {
    const startedAt = performance.now();

    const { status } = await charge(408);

    expect(status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(2_900);
  });

  it('charges 409 cents and never answers; the same key is told so', async () => {
    const key = randomUUID();
    let answered = false;

    const unanswered = charge(409, key).finally(() => (answered = true));
    unanswered.catch(() => undefined);
    await eventually('the charge to be booked', () => booked(key));

    expect(await booked(key)).toMatchObject({ approved: true, requests: 1 });
    expect((await charge(409, key)).status).toBe(200);
    expect(answered).toBe(false);
  });

  it('charges once for a key, however often it is asked', async () => {
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await charge(430, key)).json()));

    expect(answers).toEqual(Array(5).fill({ id: key, status: 'approved', value: 430 }));
    const { charges } = await overview();
    expect(charges.filter((entry) => entry.key === key)).toEqual([
      expect.objectContaining({ amountCents: 430, requests: 5 }),
    ]);
  });

  it('charges every time where it is given no key', async () => {
    const before = (await overview()).charges.length;

    await post('/payment', { value: 430 });
    await post('/payment', { value: 430 });

    expect((await overview()).charges).toHaveLength(before + 2);
  });

  it('writes down what it is told of orders, newest first', async () => {
    const order = randomUUID();
    for (const status of ['preparation', 'ready']) {
      const headers = { 'webhook-id': `id of ${status}`, 'X-Order-Id': order };
      const response = await post('/notification', { status }, headers);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ received: true });
    }

    const { notifications } = await overview();

    expect(notifications.slice(0, 2)).toEqual([
      { id: 'id of ready', orderId: order, status: 'ready', receivedAt: expect.any(String) },
      { id: 'id of preparation', orderId: order, status: 'preparation', receivedAt: expect.any(String) },
    ]);
  });

  it('drops every connection during an outage, charges nothing, and comes back by itself', async () => {
    const key = randomUUID();
    expect((await post('/outage', { seconds: 1 })).status).toBe(204);

    await expect(charge(430, key)).rejects.toThrow('fetch failed');
    await expect(post('/notification', { status: 'ready' })).rejects.toThrow('fetch failed');
    expect((await overview()).outage.isOn).toBe(true);
    expect(await booked(key)).toBeUndefined();

    const response = await eventually('the end of the outage', () => charge(430, key).catch(() => undefined));
    expect(response.status).toBe(200);
    expect(await booked(key)).toMatchObject({ requests: 1 });
  });

  it('ends an outage when it is asked for one of no time', async () => {
    await post('/outage', { seconds: 3600 });
    await expect(charge(430)).rejects.toThrow('fetch failed');

    await post('/outage', { seconds: 0 });

    expect((await charge(430)).status).toBe(200);
  });

  it('says on its page what it can do', async () => {
    expect(await overview()).toMatchObject({
      amounts: {
        '…02': expect.stringContaining('402'),
        '…05': expect.stringContaining('500'),
        '…07': expect.stringContaining('breaks'),
        '…08': expect.stringContaining('3 seconds'),
        '…09': expect.stringContaining('never answered'),
      },
      outage: { isOn: false },
    });
  });

  it.each([
    ['/payment', {}],
    ['/payment', { value: '430' }],
    ['/payment', { value: 4.3 }],
    ['/notification', { status: 7 }],
    ['/outage', { seconds: -1 }],
    ['/outage', { seconds: 3601 }],
  ])('refuses at %s what does not fit: %j', async (path, body) => {
    expect((await post(path, body)).status).toBe(400);
  });
});
