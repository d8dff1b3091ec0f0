import { EventEmitter, once } from 'node:events';
import { Logger } from '@nestjs/common';
import { PollingLoop } from './polling-loop.js';

const NEVER_MS = 2_000_000_000;

/** A piece of work whose turns a test takes up and ends one by one. */
class Turns {
  begun = 0;
  private readonly open: { end: () => void; fail: (error: unknown) => void }[] = [];
  private readonly events = new EventEmitter();

  readonly work = (): Promise<void> =>
    new Promise((end, fail) => {
      this.begun += 1;
      this.open.push({ end, fail });
      this.events.emit('begun');
    });

  /** Waits for the next turn. */
  async next(): Promise<{ end: () => void; fail: (error: unknown) => void }> {
    for (;;) {
      const turn = this.open.shift();
      if (turn) return turn;
      await once(this.events, 'begun');
    }
  }
}

describe('a polling loop', () => {
  const logged: unknown[][] = [];
  let turns: Turns;
  let loop: PollingLoop | undefined;

  function startLoop(intervalMs: number): PollingLoop {
    loop = new PollingLoop('brewing', intervalMs, turns.work);
    loop.wake();
    return loop;
  }

  beforeAll(() => {
    const write = (...entry: unknown[]): unknown => logged.push(entry);
    Logger.overrideLogger({ log: write, warn: write, error: write });
  });
  beforeEach(() => {
    logged.length = 0;
    turns = new Turns();
  });
  afterEach(() => loop?.stop());

  it('works again when its interval is over', async () => {
    startLoop(1);

    (await turns.next()).end();
    (await turns.next()).end();
    (await turns.next()).end();

    expect(turns.begun).toBeGreaterThanOrEqual(3);
  });

  it('works sooner when it is woken', async () => {
    const sleepy = startLoop(NEVER_MS);
    const first = await turns.next();
    first.end();
    // The turn is over when what follows it has run.
    await new Promise(setImmediate);
    expect(turns.begun).toBe(1);

    sleepy.wake();

    (await turns.next()).end();
    expect(turns.begun).toBe(2);
  });

  it('never works twice at a time: who wakes it during a turn gets one more after it', async () => {
    const busy = startLoop(NEVER_MS);
    const first = await turns.next();

    busy.wake();
    busy.wake();
    await new Promise(setImmediate);
    expect(turns.begun).toBe(1);

    first.end();
    (await turns.next()).end();
    await new Promise(setImmediate);
    expect(turns.begun).toBe(2);
  });

  it.each([
    ['an error', new Error('No beans'), 'No beans'],
    ['something else', 'no beans at all', 'no beans at all'],
  ])('writes down that a turn failed with %s, and goes on', async (_, thrown, reason) => {
    startLoop(1);

    (await turns.next()).fail(thrown);
    (await turns.next()).end();

    expect(logged).toEqual([['A turn of brewing failed', { reason }, 'PollingLoop']]);
  });

  it('stops when the turn under way has ended, and not before', async () => {
    const stopping = startLoop(NEVER_MS);
    const last = await turns.next();
    let stopped = false;

    const stop = stopping.stop().then(() => (stopped = true));
    await new Promise(setImmediate);
    expect(stopped).toBe(false);

    last.end();
    await stop;
    expect(turns.begun).toBe(1);
  });

  it('cannot be woken once it has stopped', async () => {
    const over = startLoop(NEVER_MS);
    (await turns.next()).end();
    await over.stop();

    over.wake();

    expect(turns.begun).toBe(1);
  });

  it('can be stopped before it ever worked', async () => {
    const unused = new PollingLoop('resting', 1, turns.work);

    await unused.stop();
    unused.wake();

    expect(turns.begun).toBe(0);
  });
});
