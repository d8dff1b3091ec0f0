import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTracing, startSpan, type Span } from '#tracing';
import { routeOf, type RoutedRequest } from './exchange-facts.js';

/** A request with its span, if traces are exported. */
export type TracedRequest = RoutedRequest & { span?: Span };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The span of a request. */
export interface RequestSpan {
  readonly traceparent: string;
  /**
   * Names the span after the route.
   * @param status undefined if there was none before the client had gone
   */
  end(status: number | undefined): void;
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
  return { traceparent: span.traceparent, end: (status) => endSpan(span, request, status) };
}

/** Runs the listener inside the span of each request. Returns the listener itself if no traces are exported. */
export function inRequestSpan(listener: Listener): Listener {
  if (!isTracing()) return listener;
  return (request: TracedRequest, response) => {
    if (request.span) request.span.run(() => listener(request, response));
    else listener(request, response);
  };
}

function endSpan(span: Span, request: TracedRequest, status: number | undefined): void {
  const route = routeOf(request);
  if (route !== undefined) span.rename(`${request.method} ${route}`);
  span.end({
    'http.route': route,
    'http.response.status_code': status,
    'error.type': status !== undefined && status >= 500 ? String(status) : undefined,
  });
}
