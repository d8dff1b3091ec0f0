import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { createSandbox } from '../apps/sandbox/create-sandbox.js';
import { eventually } from './support/eventually.js';
import { SandboxClient } from './support/sandbox-client.js';

describe("the sandbox's POST /payment", () => {
  let sandbox: INestApplication;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen(0, '127.0.0.1');
    client = new SandboxClient(await sandbox.getUrl());
  });
  afterAll(() => sandbox.close());

  it('approves most amounts', async () => {
    const key = randomUUID();

    const response = await client.charge(430, key);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: key, status: 'approved', value: 430 });
  });

  it('records the charge', async () => {
    const key = randomUUID();

    await client.charge(430, key);

    expect(await client.findCharge(key)).toEqual({
      key,
      amountCents: 430,
      approved: true,
      refundedCents: 0,
      requests: 1,
      bookedAt: expect.stringMatching(/Z$/),
    });
  });

  it.each([2, 402, 1_002])('declines %i cents with 402', async (cents) => {
    const key = randomUUID();

    const response = await client.charge(cents, key);

    expect(response.status).toBe(402);
    expect(await response.json()).toEqual({ status: 'declined', reason: 'insufficient funds' });
    expect(await client.findCharge(key)).toMatchObject({ approved: false });
  });

  it('fails for 405 cents with 500 without a charge', async () => {
    const key = randomUUID();

    expect((await client.charge(405, key)).status).toBe(500);
    expect(await client.findCharge(key)).toMatchObject({ approved: false });
  });

  it('charges 407 cents, then breaks the connection', async () => {
    const key = randomUUID();

    await expect(client.charge(407, key)).rejects.toThrow('fetch failed');

    expect(await client.findCharge(key)).toMatchObject({ approved: true, requests: 1 });
  });

  it('approves the retry of a charge of 407 cents', async () => {
    const key = randomUUID();
    await expect(client.charge(407, key)).rejects.toThrow('fetch failed');

    expect((await client.charge(407, key)).status).toBe(200);
    expect(await client.findCharge(key)).toMatchObject({ requests: 2 });
  });

  it('approves 408 cents after three seconds', async () => {
    const startedAt = performance.now();

    const { status } = await client.charge(408);

    expect(status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(2_900);
  });

  it('charges 409 cents, then sends no response', async () => {
    const key = randomUUID();
    let isSettled = false;

    client
      .charge(409, key)
      .finally(() => (isSettled = true))
      .catch(() => undefined);

    const charge = await eventually('the charge', () => client.findCharge(key));
    expect(charge).toMatchObject({ approved: true, requests: 1 });
    expect(isSettled).toBe(false);
  });

  it('approves the retry of a charge of 409 cents', async () => {
    const key = randomUUID();
    client.charge(409, key).catch(() => undefined);
    await eventually('the charge', () => client.findCharge(key));

    expect((await client.charge(409, key)).status).toBe(200);
  });

  it('charges once for concurrent requests with one key', async () => {
    const key = randomUUID();

    const bodies = await Promise.all(
      Array.from({ length: 5 }, async () => (await client.charge(430, key)).json()),
    );

    expect(bodies).toEqual(Array(5).fill({ id: key, status: 'approved', value: 430 }));
    const { charges } = await client.overview();
    expect(charges.filter((charge) => charge.key === key)).toEqual([
      expect.objectContaining({ amountCents: 430, requests: 5 }),
    ]);
  });

  it('charges for every request without a key', async () => {
    const before = (await client.overview()).charges.length;

    await client.post('/payment', { value: 430 });
    await client.post('/payment', { value: 430 });

    expect((await client.overview()).charges).toHaveLength(before + 2);
  });

  it.each([{}, { value: '430' }, { value: 4.3 }])('returns 400 for the invalid body %j', async (body) => {
    expect((await client.post('/payment', body)).status).toBe(400);
  });
});
