import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type Logger } from 'pino';
import type { Config } from '#config';
import { logOutput } from './log-output.js';
import { redacted } from './redaction.js';

/** Nest logs its own start under these contexts. They are useful only for debugging. */
const FRAMEWORK_CONTEXTS = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Returns a logger that writes one line per event to standard output, at LOG_LEVEL, with secrets replaced. */
export function createLogger({
  logLevel,
  isProduction = false,
}: Pick<Config, 'logLevel'> & Partial<Config>): Logger {
  return pino(
    {
      level: logLevel,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }), log: redacted },
      // `redacted` serializes errors.
      serializers: { err: (error: unknown) => error },
    },
    logOutput(isProduction),
  );
}

/** Sends the lines of Nest, and of every `new Logger(…)` in this product, to pino. */
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

  /** Nest calls with (message, …further, context). This product passes a sentence and one object of fields before the context. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    [message, ...rest]: unknown[],
  ): void {
    const context = typeof rest.at(-1) === 'string' ? rest.pop() : undefined;
    const fields = rest.find((value): value is object => typeof value === 'object' && value !== null);
    const stack = rest.find((value) => typeof value === 'string');
    const text = message instanceof Error ? message.message : String(message);
    const error = message instanceof Error ? message : undefined;
    this.logger[level]({ context, stack, err: error, ...fields }, text);
  }
}
