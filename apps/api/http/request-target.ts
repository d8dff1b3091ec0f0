import type { Request } from 'express';

/** The path and the query of a target in origin form, which ApiServer gives every request. */
const TARGET = /^([^?#]*)(?:\?([^#]*))?/;

/**
 * Returns the path and query of a request target, which may be an absolute URL (RFC 9112, 3.2.2) or an asterisk. Drops its scheme, user,
 * password and host. Returns undefined if it is none of these.
 */
export function originForm(target = ''): string | undefined {
  if (target.startsWith('/') || target === '*') return target;
  if (!URL.canParse(target)) return undefined;
  const rest = /^https?:\/\/[^/?#]+(.*)$/i.exec(target)?.[1];
  return rest === undefined || rest.startsWith('/') ? rest : `/${rest}`;
}

/** Returns the path and the query of a request. Responses and logs repeat only the path: a query can hold a token. */
export function requestTarget({ originalUrl }: Pick<Request, 'originalUrl'>): {
  path: string;
  query: string;
} {
  const [, path = '', query = ''] = TARGET.exec(originalUrl) ?? [];
  return { path: path || '/', query };
}
