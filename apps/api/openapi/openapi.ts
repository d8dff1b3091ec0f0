import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Config } from '#config';
import { setPageHeaders } from '../http/security-headers.js';
import { createDocument, TITLE } from './document.js';
import { encodeOnce } from './encode-once.js';
import { pageDocument } from './page-document.js';
import { pagePlugin } from './page-plugin.js';
import { PAGE_STYLE } from './page-style.js';
import { preparePage } from './prepare-page.js';

/** Serves the OpenAPI document at /docs-json and its UI at /docs. The UI's Authorize logs in with e-mail and password. */
export function serveOpenApi(app: NestExpressApplication, config: Config): void {
  app.use('/docs', setPageHeaders);
  app.use(encodeOnce());
  let created: OpenAPIObject | undefined;
  // The first request creates it: that takes longer than the rest of the start, and few processes are asked for it.
  const document = (): OpenAPIObject => (created ??= createDocument(app, config));
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'docs-json', ui: false });
  SwaggerModule.setup('docs', app, () => pageDocument(document(), config), {
    raw: false,
    customSiteTitle: TITLE,
    customCss: PAGE_STYLE,
    swaggerOptions: {
      layout: 'BaseLayout',
      docExpansion: 'none',
      defaultModelsExpandDepth: -1,
      filter: true,
      tryItOutEnabled: true,
      validatorUrl: null,
      persistAuthorization: false,
      plugins: [pagePlugin],
      onComplete: preparePage,
    },
  });
}
