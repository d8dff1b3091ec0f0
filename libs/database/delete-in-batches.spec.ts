import { setTimeout as sleep } from 'node:timers/promises';
import { deleteInBatches } from './delete-in-batches.js';

describe('deleteInBatches', () => {
  /** Deletes `rows` rows in batches of 10. Returns the sizes of the batches and the log. */
  async function remove(
    rows: number,
    signal?: AbortSignal,
  ): Promise<{ batches: number[]; lines: unknown[] }> {
    const batches: number[] = [];
    const lines: unknown[] = [];
    const log = { log: (...line: unknown[]) => lines.push(line) };
    await deleteInBatches({ log, message: 'Expired keys were deleted', limit: 10, signal }, async (limit) => {
      const left = rows - batches.reduce((sum, size) => sum + size, 0);
      batches.push(Math.min(limit, left));
      return Math.min(limit, left);
    });
    return { batches, lines };
  }

  it('deletes until a batch is not full, and logs the number', async () => {
    expect(await remove(25)).toEqual({
      batches: [10, 10, 5],
      lines: [['Expired keys were deleted', { count: 25 }]],
    });
  });

  it('ends after the running batch if told to', async () => {
    expect((await remove(25, AbortSignal.abort())).batches).toEqual([10]);
  });

  it('pauses after each batch for as long as the batch took', async () => {
    const starts: number[] = [];
    const log = { log: () => undefined };
    await deleteInBatches({ log, message: '', limit: 10 }, async () => {
      starts.push(performance.now());
      await sleep(50);
      return starts.length < 3 ? 10 : 0;
    });

    const intervals = starts.slice(1).map((start, index) => start - Number(starts[index]));
    expect(Math.min(...intervals)).toBeGreaterThan(90);
  });

  it('logs nothing if nothing has expired', async () => {
    expect(await remove(0)).toEqual({ batches: [0], lines: [] });
  });
});
