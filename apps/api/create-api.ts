import { isNativeError } from 'node:util/types';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createLogger, PinoLoggerService } from '#logging';
import { StartupError, type Config } from '#config';
import { ApiModule } from './api.module.js';
import { StablePrototypeExpressAdapter } from './http/stable-prototype-express.adapter.js';
import { parseBody } from './http/body-parser.js';
import { serveOpenApi } from './openapi/openapi.js';
import { requestLog } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import { ShuttingDownMiddleware } from './http/shutting-down.middleware.js';

/** How long a client may take for a request's headers, and for all of it; behind that hide those who only want to keep a socket. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** How often Node looks for those who take longer. */
const CHECK_EVERY_MS = 1_000;

/** Builds the API, ready to listen. Closing it answers what is under way and refuses what comes new. */
export async function createApi(config: Config): Promise<NestExpressApplication> {
  const logger = createLogger(config);
  const adapter = new StablePrototypeExpressAdapter({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  });
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(config), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new PinoLoggerService(logger),
  });
  const tokenPath = `${config.apiPrefix}/auth/token`;
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  // Answers that are worth an ETag set their own.
  app.disable('etag');
  app.use(requestLog(logger));
  app.use(securityHeaders);
  app.use(app.get(ShuttingDownMiddleware).use);
  app.use(parseBody(tokenPath));
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
      ? new StartupError(`Port ${port} is taken: stop what listens there, or choose another with PORT`)
      : error;
  }
}
