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
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
];
/** Helmet's headers for the only page, the OpenAPI UI: it loads its own scripts and styles, and calls this API. */
const pageHeaders = headersOf(
  helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null, baseUri: ["'none'"] } },
    strictTransportSecurity: false,
  }),
);

/** Sets the security headers of every response, except Strict-Transport-Security. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of apiHeaders) response.setHeader(name, value);
}

/** Sets the security headers of the page instead, whose files may be cached. */
export function setPageHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.removeHeader('Cache-Control');
  for (const [name, value] of pageHeaders) response.setHeader(name, value);
  next();
}

/**
 * Sets Strict-Transport-Security on responses over https, which a trusted proxy reports in X-Forwarded-Proto. Browsers must ignore it on
 * plain http (RFC 6797, 7.2), and only the operator knows whether all subdomains have https.
 */
export function strictTransportSecurity(includeSubDomains: boolean) {
  const value = `max-age=31536000${includeSubDomains ? '; includeSubDomains' : ''}`;
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.secure) response.setHeader('Strict-Transport-Security', value);
    next();
  };
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
