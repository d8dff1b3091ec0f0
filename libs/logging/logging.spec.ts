import { symbols, type Logger } from 'pino';
import type { Config } from '#config';
import { createLogger } from './logging.js';

const SECRET_NAMES = [
  'authorization',
  'cookie',
  'password',
  'current_password',
  'new_password',
  'hashedPassword',
  'access_token',
  'refresh_token',
  'token',
  'idempotency-key',
  'databaseUrl',
  'directDatabaseUrl',
  'readDatabaseUrl',
  'secret',
  'signingSecrets',
  'parameters',
  'detail',
  'where',
];

describe('createLogger', () => {
  let lines: string[];

  function logger(logLevel: Config['logLevel'] = 'trace'): Logger {
    const sink = { write: (line: string) => lines.push(line) };
    return Object.assign(createLogger({ logLevel }), { [symbols.streamSym]: sink });
  }

  function entries(): unknown[] {
    return lines.map((line): unknown => JSON.parse(line));
  }

  beforeEach(() => (lines = []));

  it('writes an event as one line of JSON', () => {
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

  it('writes the present time to each line', () => {
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

  it('omits events below its level', () => {
    const log = logger('warn');
    log.info('below');
    log.warn('at the level');

    expect(entries()).toEqual([expect.objectContaining({ level: 'warn', msg: 'at the level' })]);
  });

  it('writes nothing at the level silent', () => {
    logger('silent').fatal('below');

    expect(lines).toEqual([]);
  });

  it.each(SECRET_NAMES)('redacts members named %s at any depth', (name) => {
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

  it('redacts the parameters of a failed statement', () => {
    const error = Object.assign(new Error('No milk'), { query: 'SELECT $1', parameters: ['canary'] });
    logger().error({ err: error });

    expect(entries()).toMatchObject([{ err: { query: 'SELECT $1', parameters: '[redacted]' } }]);
  });
});
