import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { INestApplication } from '@nestjs/common';
import { readStatement, type Movement } from '#reconciliation';
import { createSandbox } from '../apps/sandbox/create-sandbox.js';
import { SandboxClient } from './support/sandbox-client.js';

describe("the sandbox's GET /statement.csv", () => {
  let sandbox: INestApplication;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen(0, '127.0.0.1');
    client = new SandboxClient(await sandbox.getUrl());
  });
  afterAll(() => sandbox.close());

  it('lists what was charged and refunded, oldest first, for npm run reconcile', async () => {
    const [charge, refund] = [randomUUID(), randomUUID()];
    const before = Date.now();
    await client.charge(860, charge);
    await client.charge(402);
    await client.refund(400, charge, refund);
    await client.refund(402, charge);

    const response = await fetch(`${await sandbox.getUrl()}/statement.csv`);

    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const movements: Movement[] = [];
    for await (const batch of readStatement(Readable.from([await response.text()]))) movements.push(...batch);
    expect(movements).toEqual([
      { line: 2, kind: 'charge', key: charge, valueCents: 860, time: expect.any(Date), chargeKey: null },
      { line: 3, kind: 'refund', key: refund, valueCents: 400, time: expect.any(Date), chargeKey: charge },
    ]);
    expect(movements[0]!.time.getTime()).toBeGreaterThanOrEqual(before);
  });
});
