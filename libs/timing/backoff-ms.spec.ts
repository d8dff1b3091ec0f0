import { backoffMs } from './backoff-ms.js';

describe('backoffMs', () => {
  it('doubles with each attempt, up to its maximum', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((attempt) =>
      backoffMs(attempt, { firstMs: 1_000, maxMs: 30_000 }),
    );

    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('stays at its maximum however many attempts there were', () => {
    expect(backoffMs(5_000, { firstMs: 1_000, maxMs: 30_000 })).toBe(30_000);
  });
});
