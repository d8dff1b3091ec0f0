import { jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { StreamTicketCleanup } from '#auth';
import { IdempotencyKeyCleanup } from '#placements';
import { RetentionCleanup } from '#retention';
import { SessionCleanup } from '#sessions';
import { Cleanups } from './cleanups.js';

const KINDS = [IdempotencyKeyCleanup, SessionCleanup, RetentionCleanup, StreamTicketCleanup];

describe('Cleanups', () => {
  it('delete stream tickets each minute, and the rest each hour', async () => {
    const turns = KINDS.map(() => jest.fn(async () => undefined));
    const stubs = KINDS.map((kind, index) => ({ provide: kind, useValue: { deleteExpired: turns[index] } }));
    const module = await Test.createTestingModule({ providers: [Cleanups, ...stubs] }).compile();
    const { loops } = module.get(Cleanups);

    jest.useFakeTimers();
    for (const loop of loops) loop.wake();
    await jest.advanceTimersByTimeAsync(60 * 60_000);
    for (const loop of loops) await loop.stop();
    jest.useRealTimers();

    expect(turns.map(({ mock }) => mock.calls.length)).toEqual([2, 2, 2, 61]);
  });
});
