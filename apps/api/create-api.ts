import type { IncomingMessage, ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createLogger, PinoLoggerService } from '#logging';
import { type Config } from '#config';
import { Metrics } from '#metrics';
import { ApiModule } from './api.module.js';
import { serveBoardPage } from './board-page/board-page.js';
import { ApiExpressAdapter } from './http/api-express.adapter.js';
import { ApiServer } from './http/api-server.js';
import { warnAboutUntrustedProxy } from './http/client-address.js';
import { CONNECTION_LIMITS, type ConnectionLimits } from './http/connection-limits.js';
import { allowOrigins } from './http/cross-origin.js';
import { ignoreNoCache } from './http/ignore-no-cache.js';
import { serveOpenApi } from './openapi/openapi.js';
import { requestDurations } from './http/request-durations.js';
import { logRequest } from './http/request-log.js';
import { inRequestSpan } from './http/request-span.js';
import { securityHeaders } from './http/security-headers.js';
import { Shutdown } from './http/shutdown.js';

/**
 * Creates the API, ready to listen. Closing it finishes the running requests and refuses new ones.
 * @param limits replace those of the configuration and the defaults
 */
export async function createApi(
  config: Config,
  limits: Partial<ConnectionLimits> = {},
): Promise<NestExpressApplication> {
  const logger = createLogger(config);
  const { maxConnections, keepAliveTimeoutMs } = config;
  const connectionLimits = { ...CONNECTION_LIMITS, maxConnections, keepAliveTimeoutMs, ...limits };
  const setSecurityHeaders = securityHeaders(config);
  const metrics = new Metrics();
  const measure = requestDurations(metrics);
  const prepare = (request: IncomingMessage, response: ServerResponse): void => {
    logRequest(logger, request, response);
    measure(request, response);
    setSecurityHeaders(request, response);
  };
  const adapter = new ApiExpressAdapter(
    (options, app) => new ApiServer(options, inRequestSpan(app), prepare, connectionLimits),
  );
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(config, metrics), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new PinoLoggerService(logger),
  });
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  // Responses that need an ETag set their own.
  app.disable('etag');
  allowOrigins(app, config.corsOrigins);
  if (config.trustedProxies === 0) app.use(warnAboutUntrustedProxy(logger));
  app.use(ignoreNoCache);
  app.use(app.get(Shutdown, { strict: false }).use);
  serveOpenApi(app, config);
  serveBoardPage(app, config);
  return app;
}
