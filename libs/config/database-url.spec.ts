import { Config } from './config.js';

/** No message may contain "canary". */
function problemWith(url: string): string {
  try {
    Config.from({ DATABASE_URL: url });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
}

describe('DATABASE_URL', () => {
  it.each([
    ['postgresql+asyncpg://u:p@db:5432/coffee', 'postgresql://u:p@db:5432/coffee'],
    ['postgresql+psycopg2://u:p@db/coffee?sslmode=require', 'postgresql://u:p@db/coffee?sslmode=require'],
    ['postgres+asyncpg://db/coffee', 'postgres://db/coffee'],
    ['POSTGRESQL://db/coffee', 'postgresql://db/coffee'],
    [' postgresql://db/coffee\n', 'postgresql://db/coffee'],
    ['postgresql://u:a+b%3A%2F%2Fc@db/coffee', 'postgresql://u:a+b%3A%2F%2Fc@db/coffee'],
    [
      'postgresql://u:p@/coffee?host=/run/postgresql',
      'postgresql://u:p@localhost/coffee?host=/run/postgresql',
    ],
    ['postgresql://[::1]:5432/coffee', 'postgresql://[::1]:5432/coffee'],
    ['postgresql://db/coffee?options=-c search_path=x', 'postgresql://db/coffee?options=-c search_path=x'],
    ['postgresql+asyncpg://db/coffee?ssl=disable', 'postgresql://db/coffee?sslmode=disable'],
    ['postgresql+asyncpg://db/coffee?ssl=require', 'postgresql://db/coffee?sslmode=require'],
    ['postgresql+asyncpg://db/coffee?ssl=verify-full', 'postgresql://db/coffee?sslmode=verify-full'],
    ['postgresql://db/coffee?ssl=true', 'postgresql://db/coffee?sslmode=verify-full'],
    ['postgresql://db/coffee?ssl=False', 'postgresql://db/coffee?sslmode=disable'],
    [
      'postgresql://db/coffee?sslrootcert=/ca.pem',
      'postgresql://db/coffee?sslrootcert=%2Fca.pem&sslmode=verify-full',
    ],
    [
      'postgresql://h1,h2:5433/coffee?target_session_attrs=primary&ssl=require',
      'postgresql://h1,h2:5433/coffee?target_session_attrs=primary&sslmode=require',
    ],
    [
      'postgresql://db/coffee?ssl=0&application_name=a',
      'postgresql://db/coffee?application_name=a&sslmode=disable',
    ],
  ])('is read from %j as %j', (given, read) => {
    expect(Config.from({ DATABASE_URL: given }).databaseUrl).toBe(read);
    expect(Config.from({ DATABASE_URL: given, DATABASE_DIRECT_URL: given }).directDatabaseUrl).toBe(read);
  });

  it.each([
    ['mysql://canary@db/coffee', 'must be set to a PostgreSQL database, as postgresql://user:'],
    ['postgresql://', 'must be set to a PostgreSQL database'],
    ['host=db user=canary', 'must be set to a PostgreSQL database'],
    ['postgresql://canary@h1:5432,h2:5432/coffee', 'must have target_session_attrs=read-write or primary'],
    ['postgresql://canary@/coffee?host=h1,h2', 'must have target_session_attrs=read-write or primary'],
    ['postgresql://h1,h2/coffee?target_session_attrs=any', 'must have target_session_attrs=read-write or'],
    ['postgresql://db/coffee?target_session_attrs=prefer-standby', 'must have target_session_attrs=read'],
    ['postgresql://canary@h1,/coffee?target_session_attrs=primary', 'must be a URL'],
    ['postgresql://canary@/coffee?target_session_attrs=primary&host=a,b&port=1,2,3', 'must be a URL'],
    ['postgresql://u:canary/1@db/coffee', 'must be a URL, as postgresql://'],
    ['postgresql://u:canary#1@db/coffee', 'must be a URL'],
    ['postgresql://u:1?canary@db/coffee', 'must be a URL'],
    ['postgresql://u:1#canary@db/coffee', 'must be a URL'],
    ['postgresql://u:canary%ff@db/coffee', 'must be a URL'],
    ['postgresql://canary@db:65536/coffee', 'must be a URL'],
    ['postgresql://db/coffee?schema=canary', 'must not have the parameter schema: use options'],
    [
      'postgresql://db/coffee?pgbouncer=canary',
      'must not have the parameter pgbouncer: use DATABASE_PREPARED',
    ],
    [
      'postgresql://db/coffee?target_session_attrs=canary',
      'must have a target_session_attrs of any, read-write, primary, read-only, standby, prefer-standby',
    ],
    ['postgresql://db/coffee?connect_timeout=canary', 'must have a connect_timeout from 1 to 60, in seconds'],
    ['postgresql://db/coffee?connect_timeout=0', 'must have a connect_timeout from 1 to 60, in seconds'],
    [
      'postgresql://db/coffee?ssl=canary',
      'must have an sslmode of disable, require, verify-ca, verify-full;',
    ],
    ['postgresql://db/coffee?sslmode=no-verify', 'must have an sslmode of'],
    ['postgresql://db/coffee?sslmode=allow', 'must have an sslmode of'],
    ['postgresql://db/coffee?uselibpqcompat=true', 'must not have the parameter uselibpqcompat: remove it'],
    ['postgresql://db/coffee?sslmode=verify-ca', 'must have an sslrootcert with sslmode=verify-ca'],
    ['postgresql://db/coffee?sslmode=require&sslrootcert=system', 'must have sslmode=verify-full with'],
    ['postgresql://db/coffee?ssl=prefer', 'must have an sslmode of'],
    ['postgresql://db/coffee?sslmode=canary', 'must have an sslmode of'],
    ['postgresql://db/coffee?ssl=canary&sslmode=disable', 'must not have the parameter ssl'],
    ['postgresql://db/coffee?ssl=true&ssl=canary', 'must not have the parameter ssl'],
    ['postgresql://db/coffee?sslmode=require&sslmode=disable', 'must not have the parameter sslmode twice'],
    ['postgresql://canary@/coffee?host=localhost&host=db', 'must not have the parameter host twice'],
    [
      'postgresql://a,b/coffee?target_session_attrs=primary&port=1&port=2',
      'must not have the parameter port',
    ],
  ])('is refused with one sentence if it is %j', (given, problem) => {
    const message = problemWith(given);

    expect(message).toContain(`The configuration is refused:\n  - DATABASE_URL ${problem}`);
    expect(message.split('\n')).toHaveLength(2);
    expect(message).not.toContain('canary');
  });
});
