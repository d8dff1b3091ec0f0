import { Config } from './config.js';
import { databaseServers } from './database-servers.js';

const PRODUCTION = {
  APP_ENV: 'production',
  JWT_SECRET_KEY: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  PAYMENT_SERVICE_URL: 'https://payment.example.com',
  NOTIFICATION_SERVICE_URL: 'https://notification.example.com',
  DATABASE_URL: 'postgresql://localhost/coffee',
};

describe('databaseServers', () => {
  it.each([
    [
      'u:p@h1:5432,h2:5433/coffee?target_session_attrs=read-write',
      ['u:p@h1:5432/coffee', 'u:p@h2:5433/coffee'],
    ],
    ['u:p@h1,h2/coffee?connect_timeout=3', ['u:p@h1/coffee', 'u:p@h2/coffee']],
    ['h1,[::1]:5433,10.0.0.1/coffee', ['h1/coffee', '[::1]:5433/coffee', '10.0.0.1/coffee']],
    ['u@localhost/coffee?host=a,b&port=1,2', ['u@a:1/coffee', 'u@b:2/coffee']],
    ['u@localhost:7/coffee?host=a,::1', ['u@a:7/coffee', 'u@[::1]:7/coffee']],
    ['u@a,b/coffee?port=7', ['u@a:7/coffee', 'u@b:7/coffee']],
    ['h1:1/coffee', ['h1:1/coffee']],
  ])('finds each host in %j', (url, hosts) => {
    expect(databaseServers(`postgresql://${url}`).urls).toEqual(
      hosts.map((host) => `postgresql://${host}?uselibpqcompat=true`),
    );
  });

  it('keeps a Unix socket in a list of hosts', () => {
    const [first = '', second] = databaseServers(
      'postgresql://u@localhost/coffee?host=/run/pg,b&port=7',
    ).urls;

    expect(new URL(first).searchParams.get('host')).toBe('/run/pg');
    expect(second).toBe('postgresql://u@b:7/coffee?uselibpqcompat=true');
  });

  it('reads what a server must be, and its time-out', () => {
    const url = 'postgresql://a,b/coffee?target_session_attrs=read-only&connect_timeout=3';

    expect(databaseServers(url)).toMatchObject({ target: 'read-only', connectTimeoutMs: 3_000 });
    expect(databaseServers('postgresql://a/coffee')).toMatchObject({
      target: 'any',
      connectTimeoutMs: undefined,
    });
  });

  it('asks for a standby if one is preferred', () => {
    const url = 'postgresql://a,b/coffee?target_session_attrs=prefer-standby';

    expect(databaseServers(url).target).toBe('standby');
  });

  it('leaves the roots of the system to Node.js', () => {
    const [url] = databaseServers('postgresql://a/coffee?sslmode=verify-full&sslrootcert=system').urls;

    expect(url).toBe('postgresql://a/coffee?sslmode=verify-full&uselibpqcompat=true');
  });
});

describe('a database in production', () => {
  function problemWith(variables: NodeJS.ProcessEnv): string {
    try {
      Config.from({ ...PRODUCTION, ...variables });
      return 'accepted';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it.each([
    'postgresql://db.example.com/coffee',
    'postgresql://db.example.com/coffee?sslmode=disable',
    'postgresql://localhost,10.0.0.1/coffee?target_session_attrs=primary',
    'postgresql://localhost/coffee?host=db',
    'postgresql:///coffee',
  ])('is refused without TLS to another machine: %j', (url) => {
    for (const name of ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_READ_URL'])
      expect(problemWith({ [name]: url })).toContain(`${name} must have sslmode=verify-full in production`);
  });

  it.each([
    'postgresql://db.example.com/coffee?sslmode=require',
    'postgresql://db.example.com/coffee?sslmode=verify-full',
    'postgresql://127.0.0.1/coffee',
    'postgresql://[::1]/coffee',
    'postgresql://u@/coffee?host=/run/postgresql',
    'postgresql://u@localhost/coffee?host=::1,localhost&target_session_attrs=primary',
  ])('is accepted with TLS, or on this machine: %j', (url) => {
    expect(problemWith({ DATABASE_URL: url })).toBe('accepted');
  });

  it('may be reached without TLS if DATABASE_PLAINTEXT_HOSTS names its host', () => {
    const DATABASE_URL = 'postgresql://db/coffee';
    const DATABASE_READ_URL = 'postgresql://[fd00::1]/coffee';

    const variables = { DATABASE_URL, DATABASE_READ_URL, DATABASE_PLAINTEXT_HOSTS: 'fd00::1,db' };
    expect(problemWith(variables)).toBe('accepted');
    expect(problemWith({ DATABASE_URL, DATABASE_PLAINTEXT_HOSTS: 'other' })).toContain('sslmode=verify-full');
  });

  it('is refused in the same way for a command', () => {
    const variables = { APP_ENV: 'production', DATABASE_URL: 'postgresql://db/coffee' };

    expect(() => Config.forCommand(variables)).toThrow('DATABASE_URL must have sslmode=verify-full');
  });
});
