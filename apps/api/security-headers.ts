import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';

const strict = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
});
/** The OpenAPI UI is the one page: its own scripts and styles, and requests to this API. */
const page = helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });

/** Answers are neither framed, sniffed nor stored by anybody between; the menu alone says otherwise. */
export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  if (request.path.startsWith('/docs')) {
    page(request, response, next);
  } else {
    response.setHeader('Cache-Control', 'no-store');
    strict(request, response, next);
  }
}
