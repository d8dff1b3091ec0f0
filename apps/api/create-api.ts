import type { IncomingMessage, ServerResponse } from 'node:http';
import { isNativeError } from 'node:util/types';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createLogger, PinoLoggerService } from '#logging';
import { StartupError, type Config } from '#config';
import { ApiModule } from './api.module.js';
import { ApiServer } from './http/api-server.js';
import { CONNECTION_LIMITS, type ConnectionLimits } from './http/connection-limits.js';
import { StablePrototypeExpressAdapter } from './http/stable-prototype-express.adapter.js';
import { parseBody } from './http/body-parser.js';
import { serveOpenApi } from './openapi/openapi.js';
import { logRequest } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import { ShuttingDownMiddleware } from './http/shutting-down.middleware.js';

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
  const prepare = (request: IncomingMessage, response: ServerResponse): void => {
    logRequest(logger, request, response);
    setSecurityHeaders(request, response);
  };
  const adapter = new StablePrototypeExpressAdapter(
    (options, app) => new ApiServer(options, app, prepare, connectionLimits),
  );
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
  app.use(app.get(ShuttingDownMiddleware).use);
  app.use(parseBody(tokenPath));
  serveOpenApi(app, tokenPath);
  return app;
}

/**
 * Listens on `port`.
 * @throws StartupError if the port is in use
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
