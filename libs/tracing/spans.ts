import type { Span, SpanAttributes, SpanDescription, Tracer } from './span.js';

/** Absent unless this process exports traces. */
let tracer: Tracer | undefined;

/**
 * Makes this process export traces. Loads the SDK of OpenTelemetry, which a process without traces never does.
 * @param serviceName the name of the service unless OTEL_SERVICE_NAME is set
 */
export async function startTracing(serviceName: string): Promise<void> {
  const { OpenTelemetryTracer } = await import('./open-telemetry.js');
  tracer ??= OpenTelemetryTracer.start(serviceName);
}

/** Returns whether this process exports traces. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/** Starts a span that continues the trace of `parent`, or a new trace. Returns undefined if no traces are exported. */
export function startSpan(span: SpanDescription, parent: string | null): Span | undefined {
  return tracer?.start(span, parent);
}

/** Starts a child of the running span. Returns undefined if there is none. */
export function startChildSpan(span: SpanDescription): Span | undefined {
  return tracer?.startChild(span);
}

/** Runs `work` as part of no trace: what a request starts for all requests after it belongs to none of them. */
export function outsideSpans<Result>(work: () => Result): Result {
  return tracer ? tracer.runOutside(work) : work();
}

/** Exports the spans that have ended. Never rejects. */
export async function flushSpans(): Promise<void> {
  await tracer?.flush();
}

/** Runs `work` in a span that continues the trace of `parent`, or without a span if no traces are exported. */
export async function inSpan<Result>(
  description: SpanDescription,
  parent: string | null,
  work: () => Promise<Result>,
): Promise<Result> {
  const span = startSpan(description, parent);
  if (!span) return work();
  let failure: SpanAttributes = {};
  try {
    return await span.run(work);
  } catch (error) {
    failure = { 'error.type': errorType(error) };
    throw error;
  } finally {
    span.end(failure);
  }
}

/** Returns the class of an error. Its message may hold secrets. */
export function errorType(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}
