import { jest } from '@jest/globals';
import { SignalledCache } from './signalled-cache.js';

const READING_MS = 100;

describe('SignalledCache', () => {
  let readings: number;

  beforeEach(() => {
    jest.useFakeTimers();
    readings = 0;
  });
  afterEach(() => jest.useRealTimers());

  /** Returns a cache whose readings take 100 ms. Each value is the number of its reading. */
  function cacheOf(validForMs: number | null): SignalledCache<number> {
    const pubSub = { isConnected: true, subscribe: () => Promise.resolve() };
    return new SignalledCache(pubSub, 'changed', async () => {
      await new Promise((resolve) => setTimeout(resolve, READING_MS));
      readings += 1;
      return { value: readings, validForMs };
    });
  }

  async function read(cache: SignalledCache<number>): Promise<number> {
    const value = cache.current();
    await jest.advanceTimersByTimeAsync(READING_MS);
    return value;
  }

  it('counts the time that a value is valid from the start of its reading', async () => {
    const cache = cacheOf(1_000);
    await read(cache);

    jest.advanceTimersByTime(1_000 - READING_MS - 1);
    expect(await cache.current()).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await read(cache)).toBe(2);
  });

  it('reads a value that ends by itself again after a minute', async () => {
    const cache = cacheOf(3_600_000);
    await read(cache);

    jest.advanceTimersByTime(60_000 - READING_MS);
    expect(await read(cache)).toBe(2);
  });

  it('keeps a value that only a write changes', async () => {
    const cache = cacheOf(null);
    await read(cache);

    jest.advanceTimersByTime(86_400_000);
    expect(await cache.current()).toBe(1);
  });
});
