import { createRequire } from 'node:module';
import { destination, type DestinationStream } from 'pino';
import type { PinoPretty, PrettyOptions } from 'pino-pretty';

/**
 * Returns where log lines go: to standard output, as JSON. On a developer's terminal they are readable text instead, if pino-pretty
 * is installed, which production leaves out.
 */
export function logOutput(isProduction: boolean): DestinationStream {
  const pretty = isProduction || !process.stdout.isTTY ? undefined : findPretty();
  // Asynchronous writes, pino's default, lose lines at SIGKILL.
  const output = destination({ sync: true });
  // Writing fails after the terminal was closed. That must not interrupt the stop.
  output.on('error', () => undefined);
  return pretty?.(readable(output)) ?? output;
}

/** Returns the options for one line per event, with the local time. */
export function readable(output: DestinationStream): PrettyOptions {
  return {
    destination: output,
    colorize: true,
    translateTime: 'SYS:HH:MM:ss.l',
    messageFormat: '{if context}{context}: {end}{msg}',
    ignore: 'context',
    singleLine: true,
  };
}

function findPretty(): typeof PinoPretty | undefined {
  try {
    const found: unknown = createRequire(import.meta.url)('pino-pretty');
    return isPretty(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isPretty(found: unknown): found is typeof PinoPretty {
  return typeof found === 'function';
}
