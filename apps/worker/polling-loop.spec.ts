import { mock } from 'node:test';
import { Logger } from '@nestjs/common';
import { PollingLoop } from './polling-loop.js';

const NEVER_MS = 2_000_000_000;
const STUCK_AFTER_MS = 1_000;

interface Turn {
  end: () => void;
  fail: (error: unknown) => void;
}

/** The work of a loop. Each turn lasts until the test ends it. */
class Turns {
  private readonly turns: Turn[] = [];
  private taken = 0;

  readonly work = (): Promise<void> => new Promise((end, fail) => this.turns.push({ end, fail }));

  get started(): number {
    return this.turns.length;
  }

  /** Waits for the next turn. */
  async next(): Promise<Turn> {
    for (;;) {
      const turn = this.turns[this.taken];
      if (turn) {
        this.taken += 1;
        return turn;
      }
      await loopToContinue();
    }
  }

  endAll(): void {
    for (const { end } of this.turns) end();
  }
}

/** Waits until the loop has continued after a turn that the test ended. */
function loopToContinue(): Promise<void> {
  return new Promise(setImmediate);
}

describe('PollingLoop', () => {
  let turns: Turns;
  let loop: PollingLoop;

  function createLoop(intervalMs: number): void {
    loop = new PollingLoop('brewing', { intervalMs, stuckAfterMs: STUCK_AFTER_MS }, turns.work);
  }

  function startLoop(intervalMs: number): void {
    createLoop(intervalMs);
    loop.wake();
  }

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => (turns = new Turns()));
  afterEach(async () => {
    const stopped = loop.stop();
    // The loop may have started a turn that the test did not wait for.
    turns.endAll();
    await stopped;
  });

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
    createLoop(1);

    await loop.stop();
    loop.wake();

    expect(turns.started).toBe(0);
  });

  describe('is stuck', () => {
    const INTERVAL_MS = 60_000;
    let now: number;

    beforeEach(() => {
      now = 0;
      mock.method(performance, 'now', () => now);
    });
    afterEach(() => mock.restoreAll());

    /** Lets this time pass without running any timer. */
    function pass(ms: number): void {
      now += ms;
    }

    it('if a turn does not end in time', async () => {
      startLoop(INTERVAL_MS);
      (await turns.next()).end();
      await loopToContinue();
      loop.wake();
      await turns.next();

      pass(STUCK_AFTER_MS);
      expect(loop.isStuck).toBe(false);
      pass(1);
      expect(loop.isStuck).toBe(true);
    });

    it.each(['end', 'fail'] as const)('until its turn does %s', async (outcome) => {
      startLoop(INTERVAL_MS);
      const turn = await turns.next();
      pass(STUCK_AFTER_MS + 1);

      turn[outcome](new Error('No beans'));
      await loopToContinue();

      expect(loop.isStuck).toBe(false);
    });

    it('if no turn begins in time after the interval', async () => {
      startLoop(INTERVAL_MS);
      (await turns.next()).end();
      await loopToContinue();

      pass(INTERVAL_MS + STUCK_AFTER_MS);
      expect(loop.isStuck).toBe(false);
      pass(1);
      expect(loop.isStuck).toBe(true);
    });

    it('if its first turn does not begin in time', () => {
      createLoop(INTERVAL_MS);

      pass(STUCK_AFTER_MS + 1);
      expect(loop.isStuck).toBe(true);
    });

    it('no more after it has stopped', async () => {
      createLoop(INTERVAL_MS);
      await loop.stop();

      pass(INTERVAL_MS + STUCK_AFTER_MS + 1);
      expect(loop.isStuck).toBe(false);
    });
  });
});
