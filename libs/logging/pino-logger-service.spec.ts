import { Logger } from '@nestjs/common';
import { symbols } from 'pino';
import { createLogger, PinoLoggerService } from './logging.js';

describe('PinoLoggerService', () => {
  let entries: unknown[];
  let service: PinoLoggerService;

  beforeEach(() => {
    entries = [];
    const sink = { write: (line: string) => entries.push(JSON.parse(line)) };
    const logger = Object.assign(createLogger({ logLevel: 'trace' }), { [symbols.streamSym]: sink });
    service = new PinoLoggerService(logger);
  });

  it.each([
    ['verbose', 'trace'],
    ['debug', 'debug'],
    ['log', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['fatal', 'fatal'],
  ] as const)('writes %s at level %s', (method, level) => {
    service[method]('It happened', 'Kitchen');

    expect(entries).toEqual([expect.objectContaining({ level, msg: 'It happened', context: 'Kitchen' })]);
  });

  it('accepts a message without a context', () => {
    service.log('It happened');

    expect(entries).toEqual([{ level: 'info', time: expect.any(String) as unknown, msg: 'It happened' }]);
  });

  it('writes fields next to the message', () => {
    service.warn('A drink was late', { order: 7 }, 'Kitchen');

    expect(entries).toMatchObject([{ msg: 'A drink was late', order: 7, context: 'Kitchen' }]);
  });

  it('redacts secret fields', () => {
    service.warn('A drink was late', { password: 'canary' }, 'Kitchen');

    expect(entries).toMatchObject([{ password: '[redacted]' }]);
  });

  it('writes the type and stack of an error', () => {
    service.error(new TypeError('No milk'), { order: 7 }, 'Kitchen');

    const stack: unknown = expect.stringContaining('pino-logger-service.spec');
    expect(entries).toMatchObject([
      { msg: 'No milk', order: 7, context: 'Kitchen', err: { type: 'TypeError', stack } },
    ]);
  });

  it('writes a stack given before the context', () => {
    const stack = 'Error: No milk\n  at fridge.ts:1';

    service.error('No milk', stack, 'Kitchen');

    expect(entries).toMatchObject([{ msg: 'No milk', stack, context: 'Kitchen' }]);
  });

  it('writes a message of another type as text', () => {
    service.log(42, null, undefined, 'Kitchen');

    expect(entries).toMatchObject([{ msg: '42', context: 'Kitchen' }]);
  });

  it.each(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'])(
    'writes the lines of the framework context %s at level debug',
    (context) => {
      service.log('Starting Nest application...', context);

      expect(entries).toMatchObject([{ level: 'debug', context }]);
    },
  );

  it('writes the lines of each Nest Logger', () => {
    Logger.overrideLogger(service);
    const log = new Logger('Kitchen');
    log.log('It happened');
    log.error('No milk', 'the stack');
    log.error(new Error('No beans'), { order: 7 });

    expect(entries).toMatchObject([
      { level: 'info', msg: 'It happened', context: 'Kitchen' },
      { msg: 'No milk', stack: 'the stack', context: 'Kitchen' },
      { msg: 'No beans', order: 7, context: 'Kitchen' },
    ]);
  });
});
