import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request with the route that Express found for it. */
export type RoutedRequest = IncomingMessage & { route?: { path: string } };

/** Returns the template of the route of a request, or undefined if it has none. */
export function routeOf({ route }: RoutedRequest): string | undefined {
  return route?.path;
}

/** Returns the status of a response, or undefined if its client has gone before there was one. */
export function statusOf({ statusCode, headersSent, writableEnded }: ServerResponse): number | undefined {
  return headersSent || writableEnded ? statusCode : undefined;
}
