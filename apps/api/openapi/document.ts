import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION, type Config } from '#config';
import { ApiModule } from '../api.module.js';
import { withPublicNames } from './names.js';
import { shareParts } from './shared-parts.js';

const DESCRIPTION = `
Log in with **Authorize** (e-mail as username, password; client id and secret stay empty), then try the routes.

Money is in integer cents, times are RFC 3339, errors are problem details (RFC 9457) with a stable \`code\`.

Bodies are JSON in UTF-8 without Content-Encoding, of at most 32 KB (128 KB for products); the login takes a form.
A known path with another method is 405 \`method_not_allowed\` with \`Allow\`, an unknown path is 404 \`not_found\`.
Any request may be refused because of HTTP itself, with the connection closed: 400 \`malformed_request\`, 408 \`request_timeout\`,
417 \`expectation_failed\`, 431 \`header_too_large\`, 501 \`not_implemented\`, 505 \`http_version_not_supported\`.

Orders and products have an \`ETag\`. Send it as \`If-Match\` to change only what you have read (412 otherwise).
`;

/** Returns the OpenAPI document of the API. */
export function createDocument(
  app: INestApplication,
  { apiPrefix }: Pick<Config, 'apiPrefix'>,
): OpenAPIObject {
  // Relative to the server URL, and that to the document, so that they hold behind a proxy that adds a prefix.
  const tokenUrl = `${apiPrefix}/auth/token`.slice(1);
  const options = new DocumentBuilder()
    .setTitle('Coffee Shop Order API')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addServer('.')
    .addOAuth2({ type: 'oauth2', flows: { password: { tokenUrl, scopes: {} } } })
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token' })
    .build();
  // A handler is called like its operation.
  const operationIdFactory = (_: string, handler: string): string => handler;
  const document = withPublicNames(SwaggerModule.createDocument(app, options, { operationIdFactory }));
  shareParts(document);
  return document;
}

/** Returns the document of an API that is not started, so that no database is needed. */
export async function previewDocument(config: Config): Promise<OpenAPIObject> {
  const app = await NestFactory.create(ApiModule.with(config), { preview: true, logger: false });
  // A preview does not run RouterModule, which gives the other routes their prefix.
  app.setGlobalPrefix(config.apiPrefix, { exclude: ['/', '/health/{*path}'] });
  return createDocument(app, config);
}
