import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { encodeOnce } from './encode-once.js';
import { VERSION } from './version.js';

const DESCRIPTION = `
Log in with **Authorize** (e-mail as username, password; client id and secret stay empty), then try the routes.

Money is in integer cents, times are RFC 3339, errors are problem details (RFC 9457) with a stable \`code\`.

Any request may be refused because of HTTP itself, with the connection closed: 400 \`malformed_request\`, 408 \`request_timeout\`,
417 \`expectation_failed\`, 431 \`header_too_large\`, 501 \`not_implemented\`, 505 \`http_version_not_supported\`.
`;

/** Serves the OpenAPI document at /docs-json and its UI at /docs. The UI's Authorize logs in with e-mail and password. */
export function serveOpenApi(app: INestApplication, tokenUrl: string): void {
  const config = new DocumentBuilder()
    .setTitle('Coffee Shop Order API')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addOAuth2({ type: 'oauth2', flows: { password: { tokenUrl, scopes: {} } } })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  app.use(encodeOnce());
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs-json',
    swaggerOptions: { persistAuthorization: true },
  });
}
