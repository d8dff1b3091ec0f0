import { Logger } from '@nestjs/common';
import {
  context,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span as ApiSpan,
  type Tracer as ApiTracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { isSettledWithin } from '#timing';
import { ExportLog } from './export-log.js';
import type { Span, SpanAttributes, SpanDescription, Tracer } from './span.js';

/** How long a process that stops waits for its last export. */
const FLUSH_TIMEOUT_MS = 2_000;

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT };

/** Exports spans over OTLP/HTTP, configured by the OTEL_* variables of the standard. Only `startTracing` loads this file. */
export class OpenTelemetryTracer implements Tracer {
  private readonly tracer: ApiTracer;

  private constructor(private readonly provider: NodeTracerProvider) {
    this.tracer = provider.getTracer('coffee-shop');
  }

  /** Also keeps the running span of each asynchronous call from now on. */
  static start(serviceName: string): OpenTelemetryTracer {
    const log = new ExportLog(new Logger('Tracing'));
    diag.setLogger(log, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.name': serviceName }))
      .merge(detectResources({ detectors: [envDetector] }));
    const spanProcessors = [new BatchSpanProcessor(new OTLPTraceExporter())];
    const provider = new NodeTracerProvider({ resource, spanProcessors });
    // Headers are written where the calls are made.
    provider.register({ propagator: null });
    return new OpenTelemetryTracer(provider);
  }

  start(span: SpanDescription, parent: string | null): Span {
    return this.startIn(parent === null ? ROOT_CONTEXT : contextOf(parent), span);
  }

  /** Returns undefined also if the running span has ended: work after its end is not part of it. */
  startChild(span: SpanDescription): Span | undefined {
    const active = context.active();
    return trace.getSpan(active)?.isRecording() ? this.startIn(active, span) : undefined;
  }

  runOutside<Result>(work: () => Result): Result {
    return context.with(ROOT_CONTEXT, work);
  }

  async flush(): Promise<void> {
    await isSettledWithin(FLUSH_TIMEOUT_MS, this.provider.forceFlush());
  }

  private startIn(parent: Context, { name, kind, attributes }: SpanDescription): Span {
    const span = this.tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent);
    return new OpenTelemetrySpan(span, trace.setSpan(parent, span));
  }
}

class OpenTelemetrySpan implements Span {
  readonly traceparent: string;

  constructor(
    private readonly span: ApiSpan,
    private readonly context: Context,
  ) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  run<Result>(work: () => Result): Result {
    return context.with(this.context, work);
  }

  end(attributes: SpanAttributes = {}): void {
    this.span.setAttributes(attributes);
    if (attributes['error.type'] !== undefined) this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

function contextOf(traceparent: string): Context {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}
