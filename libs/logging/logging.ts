import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { Config } from '#config';
import { redacted } from './redaction.js';
import { StandardOutput } from './standard-output.js';

/** Nest's account of its own start, of use only to those who look for a fault in it. */
const FRAMEWORK_CONTEXTS = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

const standardOutput = new StandardOutput();

/** One JSON line an event on standard output, at LOG_LEVEL, secrets replaced. */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino(
    {
      level: logLevel,
      base: undefined,
      timestamp: isoTimes(),
      formatters: { level: (level) => ({ level }), log: redacted },
      // Done where errors are searched for secrets.
      serializers: { err: (error: unknown) => error },
    },
    standardOutput,
  );
}

/** Times in ISO 8601. To make one takes half as long as its line, so that lines of the same millisecond share theirs. */
function isoTimes(): () => string {
  let sharedMs = 0;
  let shared = '';
  return () => {
    const nowMs = Date.now();
    if (nowMs !== sharedMs) {
      sharedMs = nowMs;
      shared = `,"time":"${new Date(nowMs).toISOString()}"`;
    }
    return shared;
  };
}

/** Lets Nest, and every `new Logger(…)` of ours, write through pino. */
export class PinoLoggerService implements LoggerService {
  constructor(private readonly logger: Logger) {}

  verbose(...entry: unknown[]): void {
    this.write('trace', entry);
  }

  debug(...entry: unknown[]): void {
    this.write('debug', entry);
  }

  log(...entry: unknown[]): void {
    this.write(FRAMEWORK_CONTEXTS.has(entry.at(-1)) ? 'debug' : 'info', entry);
  }

  warn(...entry: unknown[]): void {
    this.write('warn', entry);
  }

  error(...entry: unknown[]): void {
    this.write('error', entry);
  }

  fatal(...entry: unknown[]): void {
    this.write('fatal', entry);
  }

  /** Nest calls with (message, …further, context); ours is a sentence and, before the context, one object of facts. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    [message, ...rest]: unknown[],
  ): void {
    const context = typeof rest.at(-1) === 'string' ? rest.pop() : undefined;
    const facts = rest.find((fact): fact is object => typeof fact === 'object' && fact !== null);
    const stack = rest.find((fact) => typeof fact === 'string');
    const text = message instanceof Error ? message.message : String(message);
    const error = message instanceof Error ? message : undefined;
    this.logger[level]({ context, stack, err: error, ...facts }, text);
  }
}
