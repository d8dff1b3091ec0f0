import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';

/** OWASP's headers for a REST API (cheatsheetseries.owasp.org, REST Security). The menu sets its own Cache-Control. */
const apiHeaders: [string, string][] = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
];
/** Helmet's headers for the only page, the OpenAPI UI: it loads its own scripts and styles, and calls this API. */
const pageHeaders = headersOf(
  helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null, baseUri: ["'none'"] } } }),
);

/** Sets the security headers of every response. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  for (const [name, value] of apiHeaders) response.setHeader(name, value);
  next();
}

/** Sets the security headers of the page instead, whose files may be cached. */
export function pageSecurityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.removeHeader('Cache-Control');
  for (const [name, value] of pageHeaders) response.setHeader(name, value);
  next();
}

/** Returns the headers that helmet sets. They are constant, so helmet runs only once. */
function headersOf(middleware: ReturnType<typeof helmet>): [string, string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, (error) => {
    if (error) throw new Error('Helmet rejected its options', { cause: error });
  });
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
