import type { Request, Response } from 'express';
import type { PageEnd, PageRequest } from '#platform';
import { encodeCursor } from './cursor.js';

/** Names the next page in the Link header (RFC 8288), where this one is full. */
export function linkNextPage(request: Request, page: PageRequest, entries: readonly PageEnd[]): void {
  const last = entries.at(-1);
  if (!last || entries.length < page.limit) return;
  const url = new URL(request.originalUrl, 'http://host');
  url.searchParams.set('cursor', encodeCursor(last));
  const response: Response | undefined = request.res;
  response?.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
