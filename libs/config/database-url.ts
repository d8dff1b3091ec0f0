import { ValidateBy } from 'class-validator';
import { SESSION_TARGETS, singleHostUrls } from './database-servers.js';

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
const ALLOWED_SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'];
/** Every parameter that has an effect. Any other would have no effect. */
const PARAMETERS = new Set([
  ...['host', 'port', 'user', 'password', 'application_name', 'fallback_application_name', 'options'],
  ...['sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation', 'client_encoding'],
  ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'],
  ...['target_session_attrs', 'connect_timeout'],
]);
const HINTS: Record<string, string> = {
  uselibpqcompat: 'remove it, sslmode always means what it means in libpq',
  schema: 'use options=-c%20search_path%3Dname',
  currentSchema: 'use options=-c%20search_path%3Dname',
  pgbouncer: 'use DATABASE_PREPARED_STATEMENTS=off and DATABASE_DIRECT_URL',
};

/** Returns the URL with the names of libpq. Changes nothing that it does not know. */
export function normalizeDatabaseUrl(given: string): string {
  const text = given
    .trim()
    .replace(SCHEME, (_, scheme: string) => `${scheme.toLowerCase()}://`)
    // The host is a parameter then, and the URL standard demands one here.
    .replace(/^(\w+:\/\/[^/?#]*@)\//, '$1localhost/');
  const [, address, query] = /^([^?#]*)\?([^#@]*)$/.exec(text) ?? [];
  const parameters = new URLSearchParams(query);
  if (address === undefined || parameters.has('sslmode')) return text;
  const ssl = parameters.get('ssl');
  if (ssl !== null) parameters.set('sslmode', SSL_MODES[ssl.toLowerCase()] ?? ssl);
  // The driver checks everything if only a file is given.
  else if (['sslrootcert', 'sslcert', 'sslkey'].some((name) => parameters.has(name)))
    parameters.set('sslmode', 'verify-full');
  else return text;
  // A second value stays, and is refused.
  parameters.delete('ssl', ssl ?? undefined);
  return `${address}?${parameters.toString()}`;
}

/**
 * Accepts a normalized database URL. The message says what to change and never contains a value.
 * @param options.isWritten whether it must lead to a server that accepts writes
 */
export function IsDatabaseUrl({ isWritten }: { isWritten: boolean }): PropertyDecorator {
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: {
      validate: (value) => problemOf(value, isWritten) === undefined,
      defaultMessage: (found) => `${found?.property ?? ''} ${problemOf(found?.value, isWritten) ?? ''}`,
    },
  });
}

function problemOf(value: unknown, isWritten: boolean): string | undefined {
  if (typeof value !== 'string' || !/^postgres(ql)?:\/\/./.test(value))
    return `must be set to a PostgreSQL database, as ${EXAMPLE}`;
  const urls = singleHostUrls(value);
  const [first] = urls ?? [];
  if (!urls || !first || urls.some((url) => url.search.includes('@') || !isDecodable(url)))
    return `must be a URL, as ${EXAMPLE}; write @ / ? # % in the user and password as %40 %2F %3F %23 %25`;
  const names = [...new URLSearchParams(/\?.*/.exec(value)?.[0]).keys()];
  for (const name of names) {
    if (PARAMETERS.has(name)) continue;
    return `must not have the parameter ${name}: ${HINTS[name] ?? 'it has no effect here, remove it'}`;
  }
  // Which of the two has an effect depends on who reads it.
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return `must not have the parameter ${repeated} twice`;
  return problemOfTls(first.searchParams) ?? problemOfServers(first.searchParams, urls.length, isWritten);
}

function problemOfTls(parameters: URLSearchParams): string | undefined {
  const mode = parameters.get('sslmode') ?? 'disable';
  const root = parameters.get('sslrootcert');
  if (!ALLOWED_SSL_MODES.includes(mode))
    return `must have an sslmode of ${ALLOWED_SSL_MODES.join(', ')}; prefer and allow could send everything in plain text`;
  if (mode === 'verify-ca' && root === null)
    return 'must have an sslrootcert with sslmode=verify-ca: any certificate of a public CA would do';
  if (mode !== 'verify-full' && root === 'system')
    return 'must have sslmode=verify-full with sslrootcert=system: any certificate of a public CA would do';
  return undefined;
}

function problemOfServers(
  parameters: URLSearchParams,
  hosts: number,
  isWritten: boolean,
): string | undefined {
  const target = parameters.get('target_session_attrs') ?? 'any';
  if (!SESSION_TARGETS.includes(target))
    return `must have a target_session_attrs of ${SESSION_TARGETS.join(', ')}`;
  const mayBeReadOnly = !['read-write', 'primary'].includes(target) && (hosts > 1 || target !== 'any');
  if (isWritten && mayBeReadOnly)
    return 'must have target_session_attrs=read-write or primary: without it, a standby could be used';
  if (!/^([1-9]|[1-5]\d|60)$/.test(parameters.get('connect_timeout') ?? '1'))
    return 'must have a connect_timeout from 1 to 60, in seconds';
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
