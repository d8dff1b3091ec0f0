import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { createSandbox } from '../apps/sandbox/create-sandbox.js';
import { eventually } from './support/eventually.js';
import { SandboxClient } from './support/sandbox-client.js';

describe('the sandbox', () => {
  let sandbox: INestApplication;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen(0, '127.0.0.1');
    client = new SandboxClient(await sandbox.getUrl());
  });
  afterEach(() => client.post('/outage', { seconds: 0 }));
  afterAll(() => sandbox.close());

  describe('POST /notification', () => {
    it('confirms a notification', async () => {
      const response = await client.post('/notification', { status: 'ready' });

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ received: true });
    });

    it('records notifications, newest first', async () => {
      const order = randomUUID();

      for (const status of ['preparation', 'ready']) {
        const headers = { 'webhook-id': `id of ${status}`, 'X-Order-Id': order };
        await client.post('/notification', { status }, headers);
      }

      const { notifications } = await client.overview();
      expect(notifications.slice(0, 2)).toEqual([
        { id: 'id of ready', orderId: order, status: 'ready', receivedAt: expect.any(String) },
        { id: 'id of preparation', orderId: order, status: 'preparation', receivedAt: expect.any(String) },
      ]);
    });
  });

  describe('POST /outage', () => {
    it('returns 204', async () => {
      expect((await client.post('/outage', { seconds: 3600 })).status).toBe(204);
    });

    it('breaks payment connections without a charge', async () => {
      const key = randomUUID();
      await client.post('/outage', { seconds: 3600 });

      await expect(client.charge(430, key)).rejects.toThrow('fetch failed');

      expect(await client.findCharge(key)).toBeUndefined();
    });

    it('breaks refund connections without a refund', async () => {
      const [charge, key] = [randomUUID(), randomUUID()];
      await client.charge(430, charge);
      await client.post('/outage', { seconds: 3600 });

      await expect(client.refund(430, charge, key)).rejects.toThrow('fetch failed');

      expect(await client.findRefund(key)).toBeUndefined();
    });

    it('breaks notification connections', async () => {
      await client.post('/outage', { seconds: 3600 });

      await expect(client.post('/notification', { status: 'ready' })).rejects.toThrow('fetch failed');
    });

    it('ends after the given time', async () => {
      await client.post('/outage', { seconds: 1 });
      await expect(client.charge(430)).rejects.toThrow('fetch failed');

      const response = await eventually('the end of the outage', () =>
        client.charge(430).catch(() => undefined),
      );

      expect(response.status).toBe(200);
    });

    it('ends a running outage for zero seconds', async () => {
      await client.post('/outage', { seconds: 3600 });
      await expect(client.charge(430)).rejects.toThrow('fetch failed');

      await client.post('/outage', { seconds: 0 });

      expect((await client.charge(430)).status).toBe(200);
    });
  });

  describe('GET /', () => {
    it('describes the amounts with special behaviour', async () => {
      const { amounts } = await client.overview();

      expect(amounts).toEqual({
        '…02': expect.stringContaining('402'),
        '…05': expect.stringContaining('500'),
        '…07': expect.stringContaining('breaks'),
        '…08': expect.stringContaining('3 seconds'),
        '…09': expect.stringContaining('never answered'),
      });
    });

    it('describes the refunds with special behaviour', async () => {
      const { refundAmounts } = await client.overview();

      expect(refundAmounts).toEqual({
        '…02': expect.stringContaining('422'),
        '…05': expect.stringContaining('500'),
        '…07': expect.stringContaining('breaks'),
        '…09': expect.stringContaining('never answered'),
      });
    });

    it('shows no outage by default', async () => {
      expect((await client.overview()).outage).toMatchObject({ isOn: false });
    });

    it('shows a running outage', async () => {
      await client.post('/outage', { seconds: 3600 });

      expect((await client.overview()).outage).toMatchObject({ isOn: true });
    });
  });

  it.each([
    ['/notification', { status: 7 }],
    ['/outage', { seconds: -1 }],
    ['/outage', { seconds: 3601 }],
  ])('returns 400 at %s for the invalid body %j', async (path, body) => {
    expect((await client.post(path, body)).status).toBe(400);
  });
});
