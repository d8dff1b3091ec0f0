import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import pretty from 'pino-pretty';
import { logOutput, readable } from './log-output.js';

const LINE = {
  level: 'warn',
  time: '2026-11-24T10:11:12.345Z',
  context: 'Kitchen',
  order: 7,
  msg: 'A drink was late',
};

describe('logOutput', () => {
  const { isTTY } = process.stdout;
  afterEach(() => (process.stdout.isTTY = isTTY));

  it.each([
    ['on the terminal of a developer', true, false, true],
    ['in production', true, true, false],
    ['into a file', false, false, false],
  ])('%s is readable: %j', (_, isTerminal, isProduction, isReadable) => {
    process.stdout.isTTY = isTerminal;

    expect(logOutput(isProduction) instanceof Duplex).toBe(isReadable);
  });
});

describe('readable', () => {
  it('makes one line of an event, with its time, level, context and fields', async () => {
    const output = new PassThrough();
    pretty({ ...readable(output), colorize: false }).write(`${JSON.stringify(LINE)}\n`);
    await once(output, 'readable');

    expect(String(output.read())).toMatch(
      /^\[\d\d:\d\d:\d\d\.345\] WARN: Kitchen: A drink was late \{"order":7\}\n$/,
    );
  });
});
