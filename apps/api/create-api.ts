import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createLogger, PinoLoggerService } from '#logging';
import { type Config } from '#config';
import { ApiModule } from './api.module.js';
import { StablePrototypeExpressAdapter } from './http/stable-prototype-express.adapter.js';
import { parseBody } from './http/body-parser.js';
import { serveOpenApi } from './openapi/openapi.js';
import { requestLog } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import { ShuttingDownMiddleware } from './http/shutting-down.middleware.js';

/** Protects against slow-loris clients. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** How often Node checks these timeouts. */
const TIMEOUT_CHECK_INTERVAL_MS = 1_000;

/** Creates the API, ready to listen. Closing it finishes the running requests and refuses new ones. */
export async function createApi(config: Config): Promise<NestExpressApplication> {
  const logger = createLogger(config);
  const adapter = new StablePrototypeExpressAdapter({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
  });
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(config), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new PinoLoggerService(logger),
  });
  const tokenPath = `${config.apiPrefix}/auth/token`;
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  // Responses that need an ETag set their own.
  app.disable('etag');
  app.use(requestLog(logger));
  app.use(securityHeaders);
  app.use(app.get(ShuttingDownMiddleware).use);
  app.use(parseBody(tokenPath));
  serveOpenApi(app, tokenPath);
  return app;
}
