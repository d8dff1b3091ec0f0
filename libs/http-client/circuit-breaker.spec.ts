import { mock } from 'node:test';
import { CircuitBreaker } from './circuit-breaker.js';

const FAILURES_TO_OPEN = 3;

describe('CircuitBreaker', () => {
  let breaker: CircuitBreaker;
  let events: (number | 'closed')[];

  let now: number;

  beforeEach(() => {
    now = 0;
    mock.method(performance, 'now', () => now);
    events = [];
    breaker = new CircuitBreaker({
      failuresToOpen: FAILURES_TO_OPEN,
      initialDelayMs: 1_000,
      maxDelayMs: 30_000,
      onOpen: (delayMs) => events.push(delayMs),
      onClose: () => events.push('closed'),
    });
  });
  afterEach(() => mock.restoreAll());

  /** Sends a call with this result. Returns undefined if it was refused. */
  function send(succeeds: boolean): Promise<boolean | undefined> {
    return breaker.execute(
      async () => succeeds,
      (result) => !result,
    );
  }

  /** Starts a call that ends when the test calls the returned function. */
  function start(): (succeeds: boolean) => Promise<boolean | undefined> {
    let end: (succeeds: boolean) => void = () => undefined;
    const call = new Promise<boolean>((resolve) => (end = resolve));
    const result = breaker.execute(
      () => call,
      (succeeds) => !succeeds,
    );
    return (succeeds) => {
      end(succeeds);
      return result;
    };
  }

  async function openBreaker(): Promise<void> {
    for (let failure = 0; failure < FAILURES_TO_OPEN; failure += 1) await send(false);
    expect(events).toEqual([1_000]);
  }

  it('refuses calls after three failures in a row', async () => {
    await openBreaker();

    expect(breaker.isAvailable).toBe(false);
    expect(await send(true)).toBeUndefined();
  });

  it('lets calls through while failures are not in a row', async () => {
    for (const succeeds of [false, false, true, false, false]) await send(succeeds);

    expect(breaker.isAvailable).toBe(true);
    expect(events).toEqual([]);
  });

  it('counts a rejection as a failure', async () => {
    const failing = (): Promise<boolean> => Promise.reject(new Error('broken'));
    for (let failure = 0; failure < FAILURES_TO_OPEN; failure += 1)
      await expect(breaker.execute(failing, () => false)).rejects.toThrow('broken');

    expect(breaker.isAvailable).toBe(false);
  });

  it('doubles its delay with each failed probe, up to 30 seconds', async () => {
    await openBreaker();
    for (const delayMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      expect(events.at(-1)).toBe(delayMs);
      now += delayMs - 1;
      expect(await send(false)).toBeUndefined();
      now += 1;
      expect(await send(false)).toBe(false);
    }
  });

  it('closes after a successful probe, and starts anew with one second', async () => {
    await openBreaker();
    now += 1_000;
    await send(false);
    now += 2_000;
    await send(true);
    expect(events).toEqual([1_000, 2_000, 'closed']);

    events = [];
    await openBreaker();
  });

  it('is open until a probe has succeeded, also after its delay', async () => {
    await openBreaker();
    now += 60_000;
    expect(breaker.isOpen).toBe(true);

    await send(true);
    expect(breaker.isOpen).toBe(false);
  });

  it('refuses all other calls during a probe', async () => {
    await openBreaker();
    now += 60_000;
    const probe = start();

    expect(breaker.isAvailable).toBe(false);
    expect(await send(true)).toBeUndefined();
    await probe(true);
    expect(await send(true)).toBe(true);
  });

  it('opens once for 40 calls that fail together', async () => {
    const calls = Array.from({ length: 40 }, start);
    for (const end of calls) await end(false);

    expect(events).toEqual([1_000]);
  });

  it('ignores failures during a probe of calls from before it opened', async () => {
    const early = Array.from({ length: 10 }, start);
    await openBreaker();
    now += 1_000;
    const probe = start();
    for (const end of early) await end(false);
    await probe(true);

    expect(events).toEqual([1_000, 'closed']);
  });

  it('ignores failures after a probe of calls from before it opened', async () => {
    const early = Array.from({ length: 10 }, start);
    await openBreaker();
    now += 1_000;
    await send(true);
    for (const end of early) await end(false);

    expect(events).toEqual([1_000, 'closed']);
    expect(breaker.isAvailable).toBe(true);
  });
});
