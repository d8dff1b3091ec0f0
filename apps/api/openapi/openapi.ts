import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Config } from '#config';
import { setPageHeaders } from '../http/security-headers.js';
import { createDocument } from './document.js';
import { encodeOnce } from './encode-once.js';
import { preparePage } from './prepare-page.js';

/** Serves the OpenAPI document at /docs-json and its UI at /docs. The UI's Authorize logs in with e-mail and password. */
export function serveOpenApi(app: NestExpressApplication, config: Config): void {
  app.use('/docs', setPageHeaders);
  app.use(encodeOnce());
  SwaggerModule.setup('docs', app, createDocument(app, config), {
    jsonDocumentUrl: 'docs-json',
    swaggerOptions: { persistAuthorization: false, onComplete: preparePage },
  });
}
