import { mock } from 'node:test';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Config } from '#config';
import { DatabaseHealth, PgPubSub } from '#database';
import { NotificationDispatcher } from '#notifications';
import { RecoveryService } from '#placements';
import { RefundDispatcher } from '#refunds';
import { Cleanups } from './cleanups.js';
import { WorkerHealth } from './worker-health.js';
import { WorkerService } from './worker.service.js';

const FIVE_MINUTES_MS = 5 * 60_000;

describe('a worker whose database does not answer', () => {
  let module: TestingModule;
  let health: WorkerHealth;
  let now: number;
  let endRefunding: () => void;

  beforeAll(async () => {
    now = 0;
    mock.method(performance, 'now', () => now);
    const refunding = new Promise<void>((resolve) => (endRefunding = resolve));
    const fail = async (): Promise<void> => Promise.reject(new Error('no database'));
    const drain = async (): Promise<void> => undefined;
    module = await Test.createTestingModule({
      providers: [
        WorkerHealth,
        WorkerService,
        { provide: Config, useValue: { recoveryIntervalMs: 5_000 } },
        { provide: DatabaseHealth, useValue: { isWritable: async () => false } },
        { provide: PgPubSub, useValue: { subscribe: async () => undefined } },
        { provide: NotificationDispatcher, useValue: { dispatchDue: fail, drain } },
        { provide: RefundDispatcher, useValue: { dispatchDue: () => refunding, drain } },
        { provide: RecoveryService, useValue: { recover: fail } },
        { provide: Cleanups, useValue: { loops: [] } },
      ],
    }).compile();
    // After compile(), which sets another logger.
    Logger.overrideLogger(false);
    health = module.get(WorkerHealth);
    await module.get(WorkerService).start();
  });
  afterAll(async () => {
    endRefunding();
    await module.close();
    mock.restoreAll();
  });

  it('is live, because its turns end', async () => {
    expect(await health.checks['/health/live']?.()).toEqual([]);
  });

  it('is not ready', async () => {
    expect(await health.checks['/health/ready']?.()).toEqual([
      'The database does not answer or accepts no writes',
    ]);
  });

  it('is not live if one of its turns has not ended for five minutes', async () => {
    now += FIVE_MINUTES_MS + 1;

    expect(await health.checks['/health/live']?.()).toEqual(['refunding is stuck']);
  });
});
