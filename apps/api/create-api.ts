import { isNativeError } from 'node:util/types';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createLogger, PinoLoggerService, StartRefused, type Config } from '#platform';
import { ApiModule } from './api.module.js';
import { useBodyParsers } from './body-parsers.js';
import { serveOpenApi } from './openapi.js';
import { requestLog } from './request-log.js';
import { securityHeaders } from './security-headers.js';

/** How long a client may take for a request's headers, and for all of it; behind that hide those who only want to keep a socket. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Builds the API, ready to listen. Closing it answers what is under way and refuses what comes new. */
export async function createApi(config: Config): Promise<NestExpressApplication> {
  const logger = createLogger(config);
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(config), {
    bodyParser: false,
    rawBody: true,
    abortOnError: false,
    logger: new PinoLoggerService(logger),
  });
  Object.assign(app.getHttpServer(), {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  const tokenPath = `${config.apiPrefix}/auth/token`;
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  // Answers that are worth an ETag set their own.
  app.disable('etag');
  app.use(requestLog(logger));
  app.use(securityHeaders);
  useBodyParsers(app, tokenPath);
  serveOpenApi(app, tokenPath);
  return app;
}

/**
 * Listens on PORT.
 * @throws Error naming the port where it is taken
 */
export async function listen(app: INestApplication, port: number): Promise<void> {
  try {
    await app.listen(port);
  } catch (error) {
    const taken = isNativeError(error) && 'code' in error && error.code === 'EADDRINUSE';
    throw taken
      ? new StartRefused(`Port ${port} is taken: stop what listens there, or choose another with PORT`)
      : error;
  }
}
