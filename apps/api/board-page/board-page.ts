import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import type { Config } from '#config';
import { requestTarget } from '../http/request-target.js';

/** Where the build leaves the page, also if the API runs from its sources. */
const DIRECTORY = join(dirname(createRequire(import.meta.url).resolve('#package.json')), 'dist/apps/board');
const FILES = { 'board.js': 'text/javascript', 'board.css': 'text/css', 'icon.svg': 'image/svg+xml' };

/** The page loads its own files and calls this API, and nothing else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

/** Serves the counter's page at /board and its files below. */
export function serveBoardPage(app: NestExpressApplication, { apiPrefix }: Config): void {
  const template = readFileSync(join(DIRECTORY, 'index.html'), 'utf8').replace('%API_PREFIX%', apiPrefix);
  // URLs are relative, so that they hold behind a proxy that adds a prefix. The browser resolves them against the page's own path.
  const page = sender('text/html', template.replaceAll('%ROOT%', '.'));
  const pageWithSlash = sender('text/html', template.replaceAll('%ROOT%', '..'));
  const routes = app.getHttpAdapter().getInstance();
  routes.get('/board', (request, response) => {
    const send = requestTarget(request).path.endsWith('/') ? pageWithSlash : page;
    send(request, response);
  });
  for (const [file, type] of Object.entries(FILES))
    routes.get(`/board/${file}`, sender(type, readFileSync(join(DIRECTORY, file))));
}

/** Returns a handler that sends this content, or 304 if the client has it. */
function sender(type: string, content: string | Buffer) {
  const body = Buffer.from(content);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return (_request: Request, response: Response): void => {
    response.set({
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Content-Type': `${type}; charset=utf-8`,
      ETag: etag,
    });
    response.send(body);
  };
}
