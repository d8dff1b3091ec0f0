import { ValidateBy } from 'class-validator';

const EXAMPLE = 'postgresql://user:password@host:port/database';
/** A driver name, as in SQLAlchemy's `postgresql+asyncpg://`, says nothing about the database. */
const SCHEME = /^(postgres(?:ql)?)(?:\+\w+)?:\/\//i;
/** What asyncpg calls `ssl` is `sslmode` here. */
const SSL_MODES: Record<string, string> = {
  true: 'verify-full',
  1: 'verify-full',
  false: 'disable',
  0: 'disable',
};
/** Not prefer and allow: the driver cannot fall back from TLS to plain text, or back. */
const ALLOWED_SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full', 'no-verify'];
/** Every parameter that has an effect. Any other would be ignored without a word. */
const PARAMETERS = new Set([
  ...['host', 'port', 'user', 'password', 'application_name', 'fallback_application_name', 'options'],
  ...['sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation', 'uselibpqcompat', 'client_encoding'],
  ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'],
]);
const HINTS: Record<string, string> = {
  target_session_attrs: 'remove it, read-only servers are detected anyway',
  schema: 'use options=-c%20search_path%3Dname',
  currentSchema: 'use options=-c%20search_path%3Dname',
  pgbouncer: 'use DATABASE_PREPARED_STATEMENTS=off and DATABASE_DIRECT_URL',
};

/** Returns the URL as node-postgres reads it. Changes nothing that it does not know. */
export function normalizeDatabaseUrl(given: string): string {
  const text = given
    .trim()
    .replace(SCHEME, (_, scheme: string) => `${scheme.toLowerCase()}://`)
    // The host is a parameter then, and the URL standard demands one here.
    .replace(/^(\w+:\/\/[^/?#]*@)\//, '$1localhost/');
  const url = URL.parse(text);
  const ssl = url?.searchParams.get('ssl');
  if (!url || ssl === null || ssl === undefined || url.searchParams.has('sslmode')) return text;
  url.searchParams.delete('ssl');
  url.searchParams.set('sslmode', SSL_MODES[ssl.toLowerCase()] ?? ssl);
  return url.href;
}

/** Accepts a normalized database URL. The message says what to change and never contains a value. */
export function IsDatabaseUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (found) => `${found?.property ?? ''} ${problemOf(found?.value) ?? ''}`,
    },
  });
}

function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^postgres(ql)?:\/\/./.test(value))
    return `must be set to a PostgreSQL database, as ${EXAMPLE}`;
  const [, authority = ''] = /^\w+:\/\/([^/?#]*)/.exec(value) ?? [];
  const url = URL.parse(value);
  const parameters = url?.searchParams;
  if ([authority.replace(/^.*@/, ''), parameters?.get('host')].some((host) => host?.includes(',')))
    return 'must name one host; for several servers, name a proxy that leads to the primary';
  if (!url || !parameters || url.hash !== '' || url.search.includes('@') || !isDecodable(url))
    return `must be a URL, as ${EXAMPLE}; write @ / ? # % in the user and password as %40 %2F %3F %23 %25`;
  for (const name of parameters.keys()) {
    if (PARAMETERS.has(name)) continue;
    return `must not have the parameter ${name}: ${HINTS[name] ?? 'it has no effect here, remove it'}`;
  }
  if (!ALLOWED_SSL_MODES.includes(parameters.get('sslmode') ?? 'disable'))
    return `must have an sslmode of ${ALLOWED_SSL_MODES.join(', ')}`;
  return undefined;
}

function isDecodable({ username, password, pathname, hostname }: URL): boolean {
  try {
    [username, password, pathname, hostname].forEach(decodeURIComponent);
    return true;
  } catch {
    return false;
  }
}
