import type { LoggerService } from '@nestjs/common';
import type { DiagLogger } from '@opentelemetry/api';

/** A collector that is away fails every export. */
const MIN_INTERVAL_MS = 60_000;
const MAX_REASON_CHARACTERS = 200;

/** Logs what OpenTelemetry complains about, mostly failed exports: one line per minute at most. */
export class ExportLog implements DiagLogger {
  private nextAt = 0;

  constructor(private readonly log: Pick<LoggerService, 'warn'>) {}

  error(message: string): void {
    this.write(message);
  }

  warn(message: string): void {
    this.write(message);
  }

  info(): void {}

  debug(): void {}

  verbose(): void {}

  private write(message: string): void {
    const now = performance.now();
    if (now < this.nextAt) return;
    this.nextAt = now + MIN_INTERVAL_MS;
    this.log.warn('Traces are not exported as they should be', { reason: reasonOf(message) });
  }
}

/** OpenTelemetry reports an error as JSON of all its properties, with the stack. */
function reasonOf(message: string): string {
  return (messageOf(message) ?? message).slice(0, MAX_REASON_CHARACTERS);
}

function messageOf(text: string): string | undefined {
  try {
    const error: unknown = JSON.parse(text);
    const message: unknown = Reflect.get(Object(error), 'message');
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
