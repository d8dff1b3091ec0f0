import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTracing, startSpan, type Span } from '#tracing';

/** A request with its span, if traces are exported, and the route that Express found for it. */
export type TracedRequest = IncomingMessage & { span?: Span; route?: { path: string } };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The span of a request. */
export interface RequestSpan {
  readonly traceparent: string;
  /** Names the span after the route. */
  end(response: ServerResponse): void;
}

/**
 * Starts the span of a request, below the span of its client if that sent one. Returns undefined if no traces are exported.
 * @param path without the query, which may hold a stream ticket
 */
export function startRequestSpan(
  request: TracedRequest,
  path: string,
  parent: string | null,
): RequestSpan | undefined {
  const { method = '' } = request;
  const attributes = { 'http.request.method': method, 'url.path': path, 'url.scheme': 'http' };
  const span = startSpan({ name: method, kind: 'server', attributes }, parent);
  if (!span) return undefined;
  request.span = span;
  return { traceparent: span.traceparent, end: (response) => endSpan(span, request, response) };
}

/** Runs the listener inside the span of each request. Returns the listener itself if no traces are exported. */
export function inRequestSpan(listener: Listener): Listener {
  if (!isTracing()) return listener;
  return (request: TracedRequest, response) => {
    if (request.span) request.span.run(() => listener(request, response));
    else listener(request, response);
  };
}

function endSpan(span: Span, request: TracedRequest, { statusCode }: ServerResponse): void {
  const route = request.route?.path;
  if (route !== undefined) span.rename(`${request.method} ${route}`);
  span.end({
    'http.route': route,
    'http.response.status_code': statusCode,
    'error.type': statusCode >= 500 ? String(statusCode) : undefined,
  });
}
