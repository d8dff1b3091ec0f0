import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { createSandbox } from '../apps/sandbox/create-sandbox.js';
import { eventually } from './support/eventually.js';
import { SandboxClient } from './support/sandbox-client.js';

/** The amount of each charge: more than the refunds of one test. */
const CHARGED_CENTS = 1_000;

describe("the sandbox's POST /refund", () => {
  let sandbox: INestApplication;
  let client: SandboxClient;
  /** The keys of a charge, new in each test, and of its refund. */
  let charge: string;
  let key: string;

  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen(0, '127.0.0.1');
    client = new SandboxClient(await sandbox.getUrl());
  });
  beforeEach(async () => {
    [charge, key] = [randomUUID(), randomUUID()];
    await client.charge(CHARGED_CENTS, charge);
  });
  afterAll(() => sandbox.close());

  async function expectRejection(response: Response, reason: string): Promise<void> {
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ status: 'rejected', reason });
  }

  it('refunds most amounts', async () => {
    const response = await client.refund(430, charge, key);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: key, status: 'refunded', value: 430 });
  });

  it('records the refund', async () => {
    await client.refund(430, charge, key);

    expect(await client.findRefund(key)).toEqual({
      key,
      charge,
      amountCents: 430,
      refusal: null,
      requests: 1,
      bookedAt: expect.stringMatching(/Z$/),
    });
  });

  it('shows at the charge how much of it was refunded', async () => {
    await client.refund(430, charge);
    await client.refund(400, charge);

    expect(await client.findCharge(charge)).toMatchObject({ refundedCents: 830 });
  });

  it('refunds a charge from before its start', async () => {
    expect((await client.refund(430, randomUUID())).status).toBe(200);
  });

  it('rejects a charge that was declined', async () => {
    const declined = randomUUID();
    await client.charge(402, declined);

    await expectRejection(await client.refund(400, declined), 'nothing was charged');
  });

  it('rejects a refund that exceeds the rest of the charge', async () => {
    await client.refund(600, charge);

    await expectRejection(await client.refund(401, charge, key), 'more than was charged');
    expect(await client.findRefund(key)).toMatchObject({ refusal: 'more than was charged' });
  });

  it('refunds no more than the charge for concurrent requests', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await client.refund(400, charge)).status),
    );

    expect(statuses.sort()).toEqual([200, 200, 422, 422, 422]);
    expect(await client.findCharge(charge)).toMatchObject({ refundedCents: 800 });
  });

  it('counts no rejected refund against the charge', async () => {
    await client.refund(902, charge);

    expect((await client.refund(CHARGED_CENTS, charge)).status).toBe(200);
  });

  it('rejects 402 cents with 422', async () => {
    await expectRejection(await client.refund(402, charge, key), 'the card was closed');
    expect(await client.findCharge(charge)).toMatchObject({ refundedCents: 0 });
  });

  it('fails for 405 cents with 500 without a refund', async () => {
    expect((await client.refund(405, charge, key)).status).toBe(500);
    expect(await client.findCharge(charge)).toMatchObject({ refundedCents: 0 });
  });

  it('fails again for the retry of a refund of 405 cents', async () => {
    await client.refund(405, charge, key);

    expect((await client.refund(405, charge, key)).status).toBe(500);
  });

  it('refunds 407 cents, then breaks the connection', async () => {
    await expect(client.refund(407, charge, key)).rejects.toThrow('fetch failed');

    expect(await client.findRefund(key)).toMatchObject({ refusal: null, requests: 1 });
  });

  it('confirms the retry of a refund of 407 cents', async () => {
    await expect(client.refund(407, charge, key)).rejects.toThrow('fetch failed');

    expect((await client.refund(407, charge, key)).status).toBe(200);
    expect(await client.findCharge(charge)).toMatchObject({ refundedCents: 407 });
  });

  it('refunds 409 cents, then sends no response', async () => {
    let isSettled = false;

    client
      .refund(409, charge, key)
      .finally(() => (isSettled = true))
      .catch(() => undefined);

    const refund = await eventually('the refund', () => client.findRefund(key));
    expect(refund).toMatchObject({ refusal: null, requests: 1 });
    expect(isSettled).toBe(false);
  });

  it('confirms the retry of a refund of 409 cents', async () => {
    client.refund(409, charge, key).catch(() => undefined);
    await eventually('the refund', () => client.findRefund(key));

    expect((await client.refund(409, charge, key)).status).toBe(200);
  });

  it('refunds once for concurrent requests with one key', async () => {
    const bodies = await Promise.all(
      Array.from({ length: 5 }, async () => (await client.refund(430, charge, key)).json()),
    );

    expect(bodies).toEqual(Array(5).fill({ id: key, status: 'refunded', value: 430 }));
    expect(await client.findCharge(charge)).toMatchObject({ refundedCents: 430 });
  });

  it.each([
    {},
    { value: 430 },
    { value: '430', charge: 'c' },
    { value: 4.3, charge: 'c' },
    { value: 0, charge: 'c' },
    { value: -430, charge: 'c' },
    { value: 430, charge: 7 },
  ])('returns 400 for the invalid body %j', async (body) => {
    expect((await client.post('/refund', body)).status).toBe(400);
  });
});
