const PARTS = /^(\w+:\/\/)([^/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?$/;
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/;

const TARGETS = ['any', 'read-write', 'primary', 'read-only', 'standby'] as const;

/** What a server must be. */
export type SessionTarget = (typeof TARGETS)[number];
/** The values of target_session_attrs, as in libpq. */
export const SESSION_TARGETS: readonly string[] = [...TARGETS, 'prefer-standby'];

/** The servers that a database URL names. */
export interface DatabaseServers {
  /** One URL for each, in order, as node-postgres reads it. */
  urls: string[];
  target: SessionTarget;
  /** For each server. Undefined if the URL does not say. */
  connectTimeoutMs: number | undefined;
}

/** Returns a URL for each host: `h1:1,h2:2` in the authority, or lists in the parameters host and port. Undefined if malformed. */
export function singleHostUrls(url: string): URL[] | undefined {
  const [, scheme, user = '', authority = '', path = '', query = ''] = PARTS.exec(url) ?? [];
  if (scheme === undefined) return undefined;
  const parameters = new URLSearchParams(query);
  const named = authority.split(',').map((text) => HOST_AND_PORT.exec(text) ?? []);
  const hosts = parameters.get('host')?.split(',') ?? named.map(([, host = '']) => host);
  const ports = parameters.get('port')?.split(',') ?? named.map(([, , port = '']) => port);
  if (hosts.length === 1 && ports.length === 1) {
    const single = URL.parse(url);
    return single ? [single] : undefined;
  }
  // Like libpq, one port is for all hosts.
  if (hosts.includes('') || (ports.length > 1 && ports.length !== hosts.length)) return undefined;
  parameters.delete('host');
  parameters.delete('port');
  const urls = hosts.map((host, index) => {
    const isSocket = host.startsWith('/');
    const own = new URLSearchParams(parameters);
    if (isSocket) own.set('host', host);
    const name = isSocket ? 'localhost' : host.replace(/^([^[].*:.*)$/, '[$1]');
    const port = ports[index] ?? ports[0] ?? '';
    return URL.parse(`${scheme}${user}${name}${port && `:${port}`}${path}?${own.toString()}`);
  });
  return urls.every((single) => single !== null) ? urls : undefined;
}

/**
 * Returns the servers of a database URL of the configuration. `sslmode` means what it means in libpq: `require` checks no certificate.
 * @throws TypeError if the URL is malformed
 */
export function databaseServers(url: string): DatabaseServers {
  const urls = singleHostUrls(url);
  const [first] = urls ?? [];
  if (!urls || !first) throw new TypeError('The database URL is malformed');
  const timeout = first.searchParams.get('connect_timeout');
  const given = first.searchParams.get('target_session_attrs');
  return {
    urls: urls.map(forDriver),
    // Without a standby, lists are read from DATABASE_URL: nothing needs a primary here.
    target: given === 'prefer-standby' ? 'standby' : (TARGETS.find((target) => target === given) ?? 'any'),
    connectTimeoutMs: timeout === null ? undefined : Number(timeout) * 1_000,
  };
}

/** Returns the hosts to which the URL leads without TLS, but no Unix sockets. */
export function plainTextHosts(url: string): string[] {
  return (singleHostUrls(url) ?? [])
    .filter(({ searchParams }) => (searchParams.get('sslmode') ?? 'disable') === 'disable')
    .map(({ hostname, searchParams }) => searchParams.get('host') ?? hostname.replace(/^\[|\]$/g, ''))
    .filter((host) => !/^(\/|%2f)/i.test(host));
}

/** Returns the URL with the parameters that node-postgres knows, and with sslmode as in libpq. */
function forDriver(url: URL): string {
  const { searchParams } = url;
  searchParams.delete('target_session_attrs');
  searchParams.delete('connect_timeout');
  // The roots of Node.js, which the driver would take for a file.
  if (searchParams.get('sslrootcert') === 'system') searchParams.delete('sslrootcert');
  searchParams.set('uselibpqcompat', 'true');
  return url.href;
}
