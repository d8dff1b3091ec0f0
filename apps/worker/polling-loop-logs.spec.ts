import { setImmediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { symbols } from 'pino';
import { createLogger, PinoLoggerService } from '#logging';
import { PollingLoop } from './polling-loop.js';

describe('the log lines of a PollingLoop', () => {
  const log = new Logger('Kitchen');
  let lines: string[];

  beforeEach(() => {
    lines = [];
    const sink = { write: (line: string) => lines.push(line) };
    const logger = Object.assign(createLogger({ logLevel: 'info' }), { [symbols.streamSym]: sink });
    Logger.overrideLogger(new PinoLoggerService(logger));
  });

  /** Runs turns that log before and after they wait. Each turn fails with `failure` if given. */
  async function runTurns(count: number, failure?: unknown): Promise<void> {
    let ended = 0;
    await new Promise<void>((resolve) => {
      const loop = new PollingLoop('brewing', { intervalMs: 0, stuckAfterMs: 1_000 }, async () => {
        log.log('started');
        await setImmediate();
        log.log('ended');
        ended += 1;
        if (ended === count) resolve(loop.stop());
        if (failure !== undefined) await new Promise((_, fail) => setTimeout(fail, 0, failure));
      });
      loop.wake();
    });
  }

  /** Returns a member of each line. */
  function each(name: 'msg' | 'reason'): (string | undefined)[] {
    return lines.map((line) => new RegExp(`"${name}":"([^"]+)"`).exec(line)?.[1]);
  }

  it.each([
    ['an error', new Error('No beans')],
    ['a string', 'No beans'],
  ])('contain the reason of a turn that failed with %s', async (_, failure) => {
    await runTurns(1, failure);

    expect(each('msg')).toEqual(['started', 'ended', 'A turn of brewing failed']);
    expect(each('reason').at(-1)).toBe('No beans');
  });
});
