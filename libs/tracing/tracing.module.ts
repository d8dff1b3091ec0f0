import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { flushSpans } from './spans.js';

/** Exports the last spans when a program stops, after its server and its loops have ended. */
@Injectable()
class SpanFlush implements OnApplicationShutdown {
  onApplicationShutdown(): Promise<void> {
    return flushSpans();
  }
}

/** Ends the traces of a program. `startTracing` begins them. */
@Module({ providers: [SpanFlush] })
export class TracingModule {}
