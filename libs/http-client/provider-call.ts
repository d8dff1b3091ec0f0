import { isTracing, startChildSpan, type Span } from '#tracing';

/** A call of a provider: its span, and the header that passes the trace on. */
export interface ProviderCall {
  headers: { traceparent?: string };
  /** Ends the span with the status of the response. */
  answered(status: number | undefined): void;
  /** Ends the span with the reason why no response came. */
  failed(reason: string): void;
}

/**
 * Starts a call by POST. Without a span, it passes on the given traceparent.
 * @param traceparent the trace of the request that caused the call
 */
export function startCall(url: string, traceparent: string | null): ProviderCall {
  const span = isTracing() ? startCallSpan(url) : undefined;
  const passedOn = span?.traceparent ?? traceparent;
  return {
    headers: passedOn === null ? {} : { traceparent: passedOn },
    answered: (status = 0) =>
      span?.end({
        'http.response.status_code': status,
        'error.type': status >= 400 ? String(status) : undefined,
      }),
    failed: (reason) => span?.end({ 'error.type': reason }),
  };
}

/** The URL of a provider may hold a key in its user, its path or its query, so that only its host is shown. */
function startCallSpan(url: string): Span | undefined {
  return startChildSpan({
    name: 'POST',
    kind: 'client',
    attributes: { 'http.request.method': 'POST', ...serverOf(url) },
  });
}

function serverOf(url: string): { 'server.address': string; 'server.port': number } {
  const { hostname, port, protocol } = new URL(url);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return { 'server.address': hostname, 'server.port': port ? Number(port) : defaultPort };
}
