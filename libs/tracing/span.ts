/** What a span says about its work. Never values of parameters, bodies, headers or query strings: they hold secrets. */
export type SpanAttributes = Record<string, string | number | undefined>;

export interface SpanDescription {
  name: string;
  /** server: of a request. consumer: of work that an earlier request has left. client: of a call to another system. */
  kind: 'server' | 'consumer' | 'client';
  attributes?: SpanAttributes;
}

/** A piece of work in a trace. */
export interface Span {
  /** Names this span to those who continue its trace. */
  readonly traceparent: string;
  rename(name: string): void;
  /** Runs `work`, whose client spans become children of this span. */
  run<Result>(work: () => Result): Result;
  /** @param attributes an `error.type` marks the span as failed */
  end(attributes?: SpanAttributes): void;
}

/** Makes spans. */
export interface Tracer {
  start(span: SpanDescription, parent: string | null): Span;
  startChild(span: SpanDescription): Span | undefined;
  /** Runs `work` as if no span were running. */
  runOutside<Result>(work: () => Result): Result;
  /** Exports what has ended. Never rejects. */
  flush(): Promise<void>;
}
