import type { ServerResponse } from 'node:http';
import type { Metrics } from '#metrics';
import { routeOf, statusOf, type RoutedRequest } from './exchange-facts.js';

/** The methods of RFC 9110 and RFC 5789. Others share one value, because a client may invent any. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE']);

/**
 * Returns what measures each response, by the template of its route. A path that has none has an empty route, and a response whose
 * client has gone before its head an empty status. Streams are not measured: their clients decide how long they last.
 */
export function requestDurations(
  metrics: Metrics,
): (request: RoutedRequest, response: ServerResponse) => void {
  const durations = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of requests, without streams',
    labels: ['http_request_method', 'http_route', 'http_response_status_code'],
  });
  return (request, response) => {
    const startedAt = performance.now();
    response.once('close', () => {
      if (response.getHeader('Content-Type') === 'text/event-stream') return;
      const { method = '' } = request;
      const labels = {
        http_request_method: METHODS.has(method) ? method : '_OTHER',
        http_route: routeOf(request) ?? '',
        http_response_status_code: String(statusOf(response) ?? ''),
      };
      durations.observe(labels, (performance.now() - startedAt) / 1000);
    });
  };
}
