import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '#config';

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

/** Replaces the security headers by those of the page, whose files may be cached. */
export function setPageHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.removeHeader('Cache-Control');
  for (const [name, value] of pageHeaders) response.setHeader(name, value);
  next();
}

/**
 * Returns a function that sets the security headers of a response.
 * Strict-Transport-Security is only for https, which a trusted proxy reports in X-Forwarded-Proto: browsers must ignore it on plain http
 * (RFC 6797, 7.2), and only the operator knows whether all subdomains have https.
 */
export function securityHeaders({ hstsIncludesSubDomains }: Pick<Config, 'hstsIncludesSubDomains'>) {
  const hsts = `max-age=31536000${hstsIncludesSubDomains ? '; includeSubDomains' : ''}`;
  return (request: IncomingMessage & Partial<Pick<Request, 'secure'>>, response: ServerResponse): void => {
    for (const [name, value] of apiHeaders) response.setHeader(name, value);
    // Plain http, unless a proxy says otherwise: the look into the header avoids the work of `secure`.
    if (request.headers['x-forwarded-proto'] !== undefined && request.secure)
      response.setHeader('Strict-Transport-Security', hsts);
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
