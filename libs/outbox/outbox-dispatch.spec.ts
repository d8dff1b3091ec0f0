import { setImmediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { OutboxDispatch } from './outbox-dispatch.js';

const MAX_CONCURRENT = 3;

describe('OutboxDispatch', () => {
  let due: number[];
  /** The limit of each claim. */
  let limits: number[];
  let sending: Map<number, { end: () => void; fail: (error: Error) => void }>;
  let sent: number;
  let outbox: OutboxDispatch<number>;

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    due = [1, 2, 3, 4, 5];
    limits = [];
    sending = new Map();
    sent = 0;
    outbox = new OutboxDispatch<number>({
      maxConcurrent: MAX_CONCURRENT,
      claim: async (limit) => {
        limits.push(limit);
        return due.splice(0, limit);
      },
      send: (message) => new Promise((end, fail) => void sending.set(message, { end, fail })),
    });
  });

  function dispatch(): Promise<void> {
    return outbox.dispatchDue(() => (sent += 1));
  }

  it('claims as many messages as may be sent at once', async () => {
    await dispatch();

    expect([...sending.keys()]).toEqual([1, 2, 3]);
  });

  it('claims nothing while all places are taken', async () => {
    await dispatch();
    await dispatch();

    expect(limits).toEqual([MAX_CONCURRENT]);
  });

  it('claims as many messages as sends have ended', async () => {
    await dispatch();
    sending.get(2)?.end();
    await setImmediate();

    await dispatch();

    expect([...sending.keys()]).toEqual([1, 2, 3, 4]);
  });

  it('calls onSent after each send', async () => {
    await dispatch();
    sending.get(1)?.end();
    sending.get(3)?.end();
    await setImmediate();

    expect(sent).toBe(2);
  });

  it('frees the place of a send that failed', async () => {
    await dispatch();
    sending.get(1)?.fail(new Error('no provider'));
    await setImmediate();

    await dispatch();

    expect(sent).toBe(1);
    expect(due).toEqual([5]);
  });

  it('is drained once every send has ended', async () => {
    await dispatch();
    let isDrained = false;
    const draining = outbox.drain().then(() => (isDrained = true));
    sending.get(1)?.end();
    sending.get(2)?.end();
    await setImmediate();
    expect(isDrained).toBe(false);

    sending.get(3)?.fail(new Error('no provider'));

    await expect(draining).resolves.toBe(true);
  });
});
