import { Logger } from '@nestjs/common';
import { symbols, type Logger as PinoLogger } from 'pino';
import type { Config } from '#config';
import { createLogger, PinoLoggerService } from './logging.js';

describe('the log', () => {
  let lines: string[];

  function logger(logLevel: Config['logLevel'] = 'trace'): PinoLogger {
    const sink = { write: (line: string) => lines.push(line) };
    return Object.assign(createLogger({ logLevel }), { [symbols.streamSym]: sink });
  }

  function entries(): unknown[] {
    return lines.map((line): unknown => JSON.parse(line));
  }

  const anyText: unknown = expect.any(String);

  beforeEach(() => (lines = []));

  it('is one JSON line an event, with its time and its level by name', () => {
    logger().info({ order: 7 }, 'A drink is ready');

    expect(lines).toEqual([expect.stringMatching(/^\{.*\}\n$/)]);
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/) as unknown,
        order: 7,
        msg: 'A drink is ready',
      },
    ]);
  });

  it('tells of each line when it was written', () => {
    const log = logger();
    const first = Date.now();
    log.info('first');
    let later = first;
    while (later < first + 5) later = Date.now();
    log.info('later');

    const [firstTime = NaN, laterTime = NaN] = lines.map((line) =>
      Date.parse(/"time":"([^"]+)"/.exec(line)?.[1] ?? ''),
    );
    expect(firstTime).toBeGreaterThanOrEqual(first);
    expect(firstTime).toBeLessThan(later);
    expect(laterTime).toBeGreaterThanOrEqual(later);
    expect(laterTime).toBeLessThanOrEqual(Date.now());
  });

  it('leaves out what is below its level', () => {
    const quiet = logger('warn');
    quiet.info('not this');
    quiet.warn('but this');
    logger('silent').fatal('nor this');

    expect(entries()).toEqual([expect.objectContaining({ level: 'warn', msg: 'but this' })]);
  });

  it.each([
    'authorization',
    'cookie',
    'password',
    'access_token',
    'idempotency-key',
    'databaseUrl',
    'secret',
    'parameters',
  ])('never shows a member called %s', (name) => {
    logger().info({ [name]: 'canary', body: { [name]: 'canary' }, req: { headers: { [name]: 'canary' } } });

    expect(lines.join('')).not.toContain('canary');
    expect(entries()).toEqual([
      expect.objectContaining({
        [name]: '[redacted]',
        body: { [name]: '[redacted]' },
        req: { headers: { [name]: '[redacted]' } },
      }),
    ]);
  });

  describe('written to through Nest', () => {
    let nest: PinoLoggerService;

    beforeEach(() => (nest = new PinoLoggerService(logger())));

    it.each([
      ['verbose', 'trace'],
      ['debug', 'debug'],
      ['log', 'info'],
      ['warn', 'warn'],
      ['error', 'error'],
      ['fatal', 'fatal'],
    ] as const)('writes %s at level %s', (method, level) => {
      nest[method]('It happened', 'Kitchen');

      expect(entries()).toEqual([expect.objectContaining({ level, msg: 'It happened', context: 'Kitchen' })]);
    });

    it('takes a sentence alone', () => {
      nest.log('It happened');

      expect(entries()).toEqual([{ level: 'info', time: anyText, msg: 'It happened' }]);
    });

    it('takes facts beside the sentence', () => {
      nest.warn('A drink was late', { order: 7, password: 'canary' }, 'Kitchen');

      expect(entries()).toEqual([
        expect.objectContaining({ order: 7, password: '[redacted]', context: 'Kitchen' }),
      ]);
    });

    it('takes an error in place of the sentence, and shows where it came from', () => {
      nest.error(new TypeError('No milk'), { order: 7 }, 'Kitchen');

      expect(entries()).toEqual([
        expect.objectContaining({
          msg: 'No milk',
          order: 7,
          context: 'Kitchen',
          err: expect.objectContaining({
            type: 'TypeError',
            stack: expect.stringContaining('logging.spec') as unknown,
          }) as unknown,
        }),
      ]);
    });

    it('shows of a failed statement no values', () => {
      nest.error(Object.assign(new Error('No milk'), { query: 'SELECT $1', parameters: ['canary'] }));

      expect(lines.join('')).not.toContain('canary');
      expect(entries()).toMatchObject([{ err: { query: 'SELECT $1', parameters: '[redacted]' } }]);
    });

    it('takes a stack before the context', () => {
      nest.error('No milk', 'Error: No milk\n  at fridge.ts:1', 'Kitchen');

      expect(entries()).toEqual([
        expect.objectContaining({
          msg: 'No milk',
          stack: 'Error: No milk\n  at fridge.ts:1',
          context: 'Kitchen',
        }),
      ]);
    });

    it('takes what is no text as text', () => {
      nest.log(42, null, undefined, 'Kitchen');

      expect(entries()).toEqual([expect.objectContaining({ msg: '42', context: 'Kitchen' })]);
    });

    it.each(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'])(
      "shows the framework's own account by %s only to who looks for faults",
      (context) => {
        nest.log('Starting Nest application...', context);

        expect(entries()).toEqual([expect.objectContaining({ level: 'debug', context })]);
      },
    );

    it("serves every Logger of Nest's, with and without an error", () => {
      Logger.overrideLogger(nest);
      const log = new Logger('Kitchen');
      log.log('It happened');
      log.error('No milk', 'the stack');
      log.error(new Error('No beans'), { order: 7 });

      expect(entries()).toEqual([
        expect.objectContaining({ level: 'info', msg: 'It happened', context: 'Kitchen' }),
        expect.objectContaining({ msg: 'No milk', stack: 'the stack', context: 'Kitchen' }),
        expect.objectContaining({ msg: 'No beans', order: 7, context: 'Kitchen' }),
      ]);
    });
  });
});
