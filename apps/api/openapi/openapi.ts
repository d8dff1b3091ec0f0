import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { keepToken } from './keep-token.js';
import { VERSION } from './version.js';

const DESCRIPTION = `
Log in with **Authorize** (e-mail as username, password; client id and secret stay empty), then try the routes.

Money is in integer cents, times are RFC 3339, errors are problem details (RFC 9457) with a stable \`code\`.
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
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs-json',
    swaggerOptions: { persistAuthorization: false, onComplete: keepToken },
  });
}
