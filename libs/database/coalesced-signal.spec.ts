import { Logger } from '@nestjs/common';
import { eventually } from '../../test/support/eventually.js';
import { CoalescedSignal } from './coalesced-signal.js';

describe('CoalescedSignal', () => {
  let published: string[];
  let failure: Error | undefined;
  let signal: CoalescedSignal;

  beforeEach(() => {
    published = [];
    failure = undefined;
    const publish = async (channel: string): Promise<void> => {
      published.push(channel);
      if (failure) throw failure;
    };
    signal = new CoalescedSignal({ publish }, 'kitchen');
  });

  function messages(count: number): Promise<unknown> {
    return eventually(`${count} messages`, () => published.length >= count);
  }

  it('sends one message for all recent commits', async () => {
    for (let commit = 0; commit < 100; commit += 1) signal.send();
    await messages(1);

    expect(published).toEqual(['kitchen']);
  });

  it('sends another message for a later commit', async () => {
    signal.send();
    await messages(1);
    signal.send();
    await messages(2);

    expect(published).toEqual(['kitchen', 'kitchen']);
  });

  it('logs a message that was not sent', async () => {
    const warnings: unknown[] = [];
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (message) => warnings.push(message),
    });
    failure = new Error('no database');

    signal.send();

    await eventually('a warning', () => warnings.length > 0);
    expect(warnings).toEqual(['A signal was not sent']);
  });
});
