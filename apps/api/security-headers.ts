import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';

/** Answers of the API are neither framed, sniffed nor stored by anybody between; the menu alone says otherwise. */
const strict = headersOf(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  }),
).concat([['Cache-Control', 'no-store']]);
/** The OpenAPI UI is the one page: its own scripts and styles, and requests to this API. */
const page = headersOf(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));

/** The headers that helmet recommends, the same on every answer and so asked of it once. */
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
