import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const OPTIONS = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match'],
  exposedHeaders: ['ETag', 'Link', 'Location', 'Retry-After', 'Idempotent-Replayed', 'X-Request-Id'],
  /** Two hours: Chromium remembers a preflight no longer. */
  maxAge: 7_200,
};

/**
 * Lets pages of these origins call the API and read its responses, without cookies (https://fetch.spec.whatwg.org, 3.3). Other requests
 * stay as they are, OPTIONS too. To be called before other middleware, whose errors should be readable as well.
 */
export function allowOrigins(app: NestExpressApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  // A cache must not give the response to one origin to another.
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.vary('Origin');
    next();
  });
  app.enableCors(({ headers, method }: Request, callback) => {
    const { origin } = headers;
    const isCors = method !== 'OPTIONS' || headers['access-control-request-method'] !== undefined;
    callback(null, {
      ...OPTIONS,
      origin: isCors && origin !== undefined && origins.includes(origin) && origin,
    });
  });
}
