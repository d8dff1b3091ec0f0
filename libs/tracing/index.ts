export type { RequestContext } from './request-context.js';
export type { Span, SpanAttributes } from './span.js';
export {
  errorType,
  inSpan,
  isTracing,
  outsideSpans,
  startChildSpan,
  startSpan,
  startTracing,
} from './spans.js';
export { parseTraceparent, TRACEPARENT_CHECK, traceIdOf } from './traceparent.js';
export { TracingModule } from './tracing.module.js';
