import type { Request } from 'express';

/** The scheme and authority of an absolute-form target (RFC 9112, 3.2.2), which can hold a password; the path; the query. */
const TARGET = /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i;

/** Returns the path and the query of a request. Responses and logs repeat only the path: a query can hold a token. */
export function requestTarget({ originalUrl }: Pick<Request, 'originalUrl'>): {
  path: string;
  query: string;
} {
  const [, path = '', query = ''] = TARGET.exec(originalUrl) ?? [];
  return { path: path || '/', query };
}
