import type { Request } from 'express';
import type { PageCursor, PageRequest } from '#database';
import { requestTarget } from '../http/request-target.js';
import { encodeCursor } from './cursor.js';
import type { PageDto } from './dto/page.dto.js';

/**
 * Returns one page of a list and names the next one in the Link header (RFC 8288), if there is one: relative to the request, so that it
 * also holds behind a proxy that adds a prefix.
 * @param list reads a page; it is asked for one entry more than the page shows
 */
export async function paginate<Entry>(
  request: Request,
  query: PageDto,
  list: (page: PageRequest) => Promise<Entry[]>,
  cursorOf: (entry: Entry) => PageCursor,
): Promise<Entry[]> {
  const page = query.toRequest();
  const entries = await list({ ...page, limit: page.limit + 1 });
  const shown = entries.slice(0, page.limit);
  const last = shown.at(-1);
  if (last && entries.length > page.limit) {
    const next = new URLSearchParams(requestTarget(request).query);
    next.set('cursor', encodeCursor(cursorOf(last)));
    request.res?.setHeader('Link', `<?${next.toString()}>; rel="next"`);
  }
  return shown;
}
