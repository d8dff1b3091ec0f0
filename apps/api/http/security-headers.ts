import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';

/**
 * Answers of the API are neither framed, embedded, sniffed nor stored by anybody between; the menu alone may be stored. What OWASP asks of
 * a REST API (cheatsheetseries.owasp.org, REST Security), without the headers that only mean something on pages.
 */
const strict: [string, string][] = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
];
/** The OpenAPI UI is the one page: its own scripts and styles, and requests to this API. */
const page = headersOf(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));

/** The same headers on every answer; those of the page are helmet's advice, asked for once. */
export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  for (const [name, value] of request.url.startsWith('/docs') ? page : strict) {
    response.setHeader(name, value);
  }
  next();
}

function headersOf(middleware: ReturnType<typeof helmet>): [string, string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, (error) => {
    if (error) throw new Error('helmet refused its options', { cause: error });
  });
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
