import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION, type Config } from '#config';
import { ApiModule } from '../api.module.js';
import { withPublicNames } from './names.js';
import { describeResponses } from './response-descriptions.js';
import { moveToComponents } from './components.js';
import { TAGS } from './tags.js';

const TICKET = {
  type: 'apiKey',
  in: 'query',
  name: 'ticket',
  description: 'Opens a stream without a token, once: from `POST /auth/stream-ticket`',
} as const;
export const TITLE = 'Coffee Shop Order API';

const DESCRIPTION = `
Log in with **Authorize**, by e-mail and password. Open a task, fill in what is missing, and press **Execute**. Execute changes the shop at once.
The tasks are in the order of a day.

Money is in cents: 450 is 4.50. A time is written like 2026-11-30T08:00:00Z, which is 8:00 in UTC, or 2026-11-30T09:00:00+01:00.
If a task is refused, \`detail\` says why.

<details>
<summary>For programs</summary>

Errors are problem details (RFC 9457) with a stable \`code\`. Times are RFC 3339 with an offset.

Bodies are JSON in UTF-8 without Content-Encoding, of at most 32 KB (128 KB for products and hours); the login takes a form.
A known path with another method is 405 \`method_not_allowed\` with \`Allow\`, an unknown path is 404 \`not_found\`.
Any request may be refused because of HTTP itself, with the connection closed: 400 \`malformed_request\`, 408 \`request_timeout\`,
417 \`expectation_failed\`, 431 \`header_too_large\`, 501 \`not_implemented\`, 505 \`http_version_not_supported\`.

Orders, products, users and the shop have an \`ETag\`. Send it as \`If-Match\` to change only what you have read (412 otherwise).

</details>
`;

/** Returns the OpenAPI document of the API. */
export function createDocument(
  app: INestApplication,
  { apiPrefix }: Pick<Config, 'apiPrefix'>,
): OpenAPIObject {
  // Relative to the server URL, and that to the document, so that they hold behind a proxy that adds a prefix.
  const tokenUrl = `${apiPrefix}/auth/token`.slice(1);
  const builder = new DocumentBuilder()
    .setTitle(TITLE)
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('.', 'The server that the document comes from, behind any prefix')
    .addOAuth2({ type: 'oauth2', flows: { password: { tokenUrl, scopes: {} } } })
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token' })
    .addApiKey(TICKET, 'ticket');
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const options = builder.build();
  options.info.contact = { name: 'The maintainers of coffee-shop-orders' };
  const document = withPublicNames(
    SwaggerModule.createDocument(app, options, {
      // A handler is called like its operation.
      operationIdFactory: (_, handler) => handler,
      // A controller may serve several tasks, so that its name must not become a tag.
      autoTagControllers: false,
    }),
  );
  describeResponses(document);
  moveToComponents(document);
  return document;
}

/** Returns the document of an API that is not started, so that no database is needed. */
export async function previewDocument(config: Config): Promise<OpenAPIObject> {
  const app = await NestFactory.create(ApiModule.with(config), { preview: true, logger: false });
  // A preview does not run RouterModule, which gives the other routes their prefix.
  app.setGlobalPrefix(config.apiPrefix, { exclude: ['/', '/health/{*path}'] });
  return createDocument(app, config);
}
