import type { Request } from 'express';

/** The path and the query of a target in origin form, which ApiServer gives every request. */
const TARGET = /^([^?#]*)(?:\?([^#]*))?/;

/** Returns the path and the query of a request. Responses and logs repeat only the path: a query can hold a token. */
export function requestTarget({ originalUrl }: Pick<Request, 'originalUrl'>): {
  path: string;
  query: string;
} {
  const [, path = '', query = ''] = TARGET.exec(originalUrl) ?? [];
  return { path: path || '/', query };
}
