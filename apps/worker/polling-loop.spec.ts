import { EventEmitter, once } from 'node:events';
import { Logger } from '@nestjs/common';
import { PollingLoop } from './polling-loop.js';

const NEVER_MS = 2_000_000_000;

interface Turn {
  end: () => void;
  fail: (error: unknown) => void;
}

/** The work of a loop. Each turn lasts until the test ends it. */
class Turns {
  started = 0;
  private readonly open: Turn[] = [];
  private readonly events = new EventEmitter();

  readonly work = (): Promise<void> =>
    new Promise((end, fail) => {
      this.started += 1;
      this.open.push({ end, fail });
      this.events.emit('started');
    });

  /** Waits for the next turn. */
  async next(): Promise<Turn> {
    for (;;) {
      const turn = this.open.shift();
      if (turn) return turn;
      await once(this.events, 'started');
    }
  }
}

/** Waits until the loop has continued after a turn that the test ended. */
function loopToContinue(): Promise<void> {
  return new Promise(setImmediate);
}

describe('PollingLoop', () => {
  let logged: unknown[][];
  let turns: Turns;
  let loop: PollingLoop;

  function startLoop(intervalMs: number): void {
    loop = new PollingLoop('brewing', intervalMs, turns.work);
    loop.wake();
  }

  beforeEach(() => {
    logged = [];
    turns = new Turns();
    const write = (...entry: unknown[]): unknown => logged.push(entry);
    Logger.overrideLogger({ log: write, warn: write, error: write });
  });
  afterEach(() => loop.stop());

  it('starts a turn after each interval', async () => {
    startLoop(1);

    for (let turn = 0; turn < 3; turn += 1) (await turns.next()).end();

    expect(turns.started).toBeGreaterThanOrEqual(3);
  });

  it('starts a turn before the interval ends if woken', async () => {
    startLoop(NEVER_MS);
    (await turns.next()).end();
    await loopToContinue();

    loop.wake();
    (await turns.next()).end();

    expect(turns.started).toBe(2);
  });

  it('starts no turn during a turn', async () => {
    startLoop(NEVER_MS);
    const turn = await turns.next();

    loop.wake();
    await loopToContinue();

    expect(turns.started).toBe(1);
    turn.end();
    (await turns.next()).end();
  });

  it('starts one more turn if woken several times during a turn', async () => {
    startLoop(NEVER_MS);
    const turn = await turns.next();

    loop.wake();
    loop.wake();
    turn.end();
    (await turns.next()).end();
    await loopToContinue();

    expect(turns.started).toBe(2);
  });

  it.each([
    ['an error', new Error('No beans')],
    ['a string', 'No beans'],
  ])('logs a turn that failed with %s', async (_, thrown) => {
    startLoop(NEVER_MS);

    (await turns.next()).fail(thrown);
    await loopToContinue();

    expect(logged).toEqual([['A turn of brewing failed', { reason: 'No beans' }, 'PollingLoop']]);
  });

  it('continues after a failed turn', async () => {
    startLoop(1);

    (await turns.next()).fail(new Error('No beans'));
    (await turns.next()).end();
  });

  it('waits for the running turn when it stops', async () => {
    startLoop(NEVER_MS);
    const turn = await turns.next();
    let isStopped = false;

    const stopping = loop.stop().then(() => (isStopped = true));
    await loopToContinue();
    expect(isStopped).toBe(false);

    turn.end();
    await stopping;
    expect(turns.started).toBe(1);
  });

  it('starts no turn after it has stopped', async () => {
    startLoop(NEVER_MS);
    (await turns.next()).end();
    await loop.stop();

    loop.wake();

    expect(turns.started).toBe(1);
  });

  it('can be stopped before its first turn', async () => {
    loop = new PollingLoop('brewing', 1, turns.work);

    await loop.stop();
    loop.wake();

    expect(turns.started).toBe(0);
  });
});
