import type { Request } from 'express';
import type { PageCursor, PageRequest } from '#database';
import { encodeCursor } from './cursor.js';

/** The page to ask for: one entry more than is shown tells whether there is a next one. */
export function withLookahead(page: PageRequest): PageRequest {
  return { ...page, limit: page.limit + 1 };
}

/** Answers what is shown of the entries, and names the next page in the Link header (RFC 8288) where there is one. */
export function paginate<Entry>(
  request: Request,
  { limit }: PageRequest,
  entries: Entry[],
  endOf: (entry: Entry) => PageCursor,
): Entry[] {
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  if (last && entries.length > limit) {
    const url = new URL(request.originalUrl, 'http://host');
    url.searchParams.set('cursor', encodeCursor(endOf(last)));
    request.res?.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
  }
  return shown;
}
