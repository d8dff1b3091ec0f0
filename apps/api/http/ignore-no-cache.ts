import type { NextFunction, Request, Response } from 'express';

/**
 * Removes Cache-Control from requests, so that a matching If-None-Match gives 304 even with `no-cache`. The directive is for caches
 * between client and server (RFC 9111, 5.2.1), but Express obeys it. Node's fetch adds it to every conditional request.
 */
export function ignoreNoCache(request: Request, _response: Response, next: NextFunction): void {
  delete request.headers['cache-control'];
  next();
}
