import { Config, environment, InvalidConfiguration } from './config.js';
import { StartupError } from './start-process.js';

const DATABASE_URL = 'postgresql://barista:canary-password@localhost:5432/coffee';
const DEVELOPMENT_SECRET = 'development-only-secret-do-not-use-in-production';
const SECRET = 'a secret of thirty-two characters';

/** What the refusal says; fails where there is none. */
function refusalOf(variables: NodeJS.ProcessEnv): string {
  try {
    Config.from({ DATABASE_URL, ...variables });
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error.message;
    throw error;
  }
  throw new Error('The configuration was not refused');
}

describe('the configuration', () => {
  it('needs nothing but a database', () => {
    expect(Config.from({ DATABASE_URL })).toEqual({
      logLevel: 'info',
      apiPrefix: '/api/v1',
      port: 8000,
      databaseUrl: DATABASE_URL,
      isProduction: false,
      jwt: { secret: DEVELOPMENT_SECRET, algorithm: 'HS256', lifetimeSeconds: 1800 },
      payment: {
        url: 'https://challenge.trio.dev/api/v1/payment',
        timeoutMs: 10_000,
        idempotency: 'unknown',
      },
      notification: { url: 'https://challenge.trio.dev/api/v1/notification' },
      recoveryIntervalMs: 5_000,
      trustedProxies: 0,
    });
  });

  it('is taken from the variables by their names', () => {
    const config = Config.from({
      APP_ENV: 'production',
      LOG_LEVEL: 'debug',
      API_PREFIX: '/shop/v2',
      PORT: '80',
      DATABASE_URL: 'postgres://barista@db/coffee',
      JWT_SECRET_KEY: SECRET,
      JWT_ALGORITHM: 'HS512',
      JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '5',
      PAYMENT_SERVICE_URL: 'http://localhost:8001/payment',
      PAYMENT_TIMEOUT_MS: '700',
      PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
      NOTIFICATION_SERVICE_URL: 'https://notify.example.com/notification?shop=1',
      RECOVERY_INTERVAL_MS: '100',
      TRUSTED_PROXIES: '2',
      SOMETHING_ELSE: 'is not ours',
    });

    expect(config).toEqual({
      logLevel: 'debug',
      apiPrefix: '/shop/v2',
      port: 80,
      databaseUrl: 'postgres://barista@db/coffee',
      isProduction: true,
      jwt: { secret: SECRET, algorithm: 'HS512', lifetimeSeconds: 300 },
      payment: { url: 'http://localhost:8001/payment', timeoutMs: 700, idempotency: 'supported' },
      notification: { url: 'https://notify.example.com/notification?shop=1' },
      recoveryIntervalMs: 100,
      trustedProxies: 2,
    });
  });

  it.each([
    ['empty', ''],
    ['blank', '  '],
  ])('takes an %s variable for an absent one', (_, nothing) => {
    const names = [
      ...['APP_ENV', 'LOG_LEVEL', 'API_PREFIX', 'PORT', 'JWT_ALGORITHM', 'JWT_ACCESS_TOKEN_EXPIRE_MINUTES'],
      ...['PAYMENT_SERVICE_URL', 'PAYMENT_TIMEOUT_MS', 'PAYMENT_PROVIDER_IDEMPOTENCY'],
      ...['NOTIFICATION_SERVICE_URL', 'RECOVERY_INTERVAL_MS'],
    ];
    const variables = Object.fromEntries(names.map((name) => [name, nothing]));

    expect(Config.from({ ...variables, DATABASE_URL })).toEqual(Config.from({ DATABASE_URL }));
  });

  it('takes an empty secret for an absent one', () => {
    expect(Config.from({ DATABASE_URL, JWT_SECRET_KEY: '' }).jwt.secret).toBe(DEVELOPMENT_SECRET);
  });

  it('does not mind white space around a value, and keeps that of a secret', () => {
    const config = Config.from({ DATABASE_URL, PORT: ' 80 ', JWT_SECRET_KEY: ` ${SECRET} ` });

    expect(config.port).toBe(80);
    expect(config.jwt.secret).toBe(` ${SECRET} `);
  });

  it.each([
    ['postgresql+asyncpg://u:p@db:5432/coffee', 'postgresql://u:p@db:5432/coffee'],
    ['postgresql+psycopg2://u:p@db/coffee?sslmode=require', 'postgresql://u:p@db/coffee?sslmode=require'],
    ['postgres+asyncpg://db/coffee', 'postgres://db/coffee'],
    ['postgresql://u:a+b://c@db/coffee', 'postgresql://u:a+b://c@db/coffee'],
  ])('reads %s without the driver', (given, read) => {
    expect(Config.from({ DATABASE_URL: given }).databaseUrl).toBe(read);
  });

  it.each([
    ['DEBUG', 'debug'],
    ['INFO', 'info'],
    ['WARNING', 'warn'],
    ['warning', 'warn'],
    ['ERROR', 'error'],
    ['CRITICAL', 'fatal'],
    ['silent', 'silent'],
    ['trace', 'trace'],
  ])('knows the log level %s as %s', (given, read) => {
    expect(Config.from({ DATABASE_URL, LOG_LEVEL: given }).logLevel).toBe(read);
  });

  it.each(['/api', '/api/v1', '/a.b/c-d/~e_f'])('lets the API live below %s', (prefix) => {
    expect(Config.from({ DATABASE_URL, API_PREFIX: prefix }).apiPrefix).toBe(prefix);
  });

  it.each(['HS256', 'HS384', 'HS512'])('signs with %s', (algorithm) => {
    expect(Config.from({ DATABASE_URL, JWT_ALGORITHM: algorithm }).jwt.algorithm).toBe(algorithm);
  });

  it.each([
    ['DATABASE_URL', 'mysql://canary@db/coffee'],
    ['DATABASE_URL', 'canary'],
    ['DATABASE_URL', 'postgresql://'],
    ['JWT_SECRET_KEY', 'canary'],
    ['JWT_SECRET_KEY', 'canary'.padEnd(31)],
    ['JWT_SECRET_KEY', 'canary'.repeat(1000)],
    ['JWT_ALGORITHM', 'none'],
    ['JWT_ALGORITHM', 'RS256'],
    ['JWT_ALGORITHM', 'hs256'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', '0'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', '1441'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', 'canary'],
    ['PAYMENT_SERVICE_URL', 'canary'],
    ['PAYMENT_SERVICE_URL', 'ftp://canary/payment'],
    ['NOTIFICATION_SERVICE_URL', '//canary/notification'],
    ['NOTIFICATION_SERVICE_URL', 'file:///etc/canary'],
    ['APP_ENV', 'canary'.repeat(10)],
    ['LOG_LEVEL', 'canary'],
    ['LOG_LEVEL', 'constructor'],
    ['API_PREFIX', 'canary'],
    ['API_PREFIX', '/canary/'],
    ['API_PREFIX', '/canary?x=1'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'canary'],
    ['PORT', '80 81'],
    ['PAYMENT_TIMEOUT_MS', '0'],
    ['PAYMENT_TIMEOUT_MS', '120001'],
    ['PAYMENT_TIMEOUT_MS', '10s'],
    ['PAYMENT_PROVIDER_IDEMPOTENCY', 'canary'],
    ['RECOVERY_INTERVAL_MS', '9'],
    ['RECOVERY_INTERVAL_MS', 'Infinity'],
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '11'],
    ['FAILPOINTS', 'canary'],
    ['FAILPOINTS', 'placement.begin.after=canary:3'],
  ])('refuses %s=%s, naming the variable', (name, value) => {
    const refusal = refusalOf({ [name]: value, ...(name === 'APP_ENV' && { JWT_SECRET_KEY: SECRET }) });

    expect(refusal).toMatch(new RegExp(`^The configuration is refused:\n(  - ${name} .*(\n|$))+$`));
    expect(refusal).not.toContain('canary');
  });

  it('names every variable at fault at once, and no value', () => {
    const refusal = refusalOf({ PORT: 'canary', LOG_LEVEL: 'canary', DATABASE_URL: 'canary' });

    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(refusal).toContain(`- ${name} `);
    expect(refusal).not.toContain('canary');
  });

  it('refuses to do without a database', () => {
    expect(refusalOf({ DATABASE_URL: undefined })).toContain('DATABASE_URL must be set');
    expect(refusalOf({ DATABASE_URL: '' })).toContain('DATABASE_URL must be set');
  });

  it("tells a refusal from a fault: it is the operator's to mend", () => {
    expect(() => Config.from({})).toThrow(StartupError);
  });

  describe.each(['production', 'staging', 'prod', 'Test'])('in %s', (name) => {
    it.each([undefined, '', '   ', DEVELOPMENT_SECRET])('refuses the secret %j', (secret) => {
      const refusal = refusalOf({ APP_ENV: name, JWT_SECRET_KEY: secret });

      expect(refusal).toContain('- JWT_SECRET_KEY must ');
      expect(refusal).not.toContain(DEVELOPMENT_SECRET);
    });

    it('refuses failpoints', () => {
      const refusal = refusalOf({
        APP_ENV: name,
        JWT_SECRET_KEY: SECRET,
        FAILPOINTS: 'placement.begin.after=kill:1',
      });

      expect(refusal).toContain('- FAILPOINTS must ');
    });

    it.each(['PAYMENT_SERVICE_URL', 'NOTIFICATION_SERVICE_URL'])('refuses plain http in %s', (variable) => {
      const settings = { APP_ENV: name, JWT_SECRET_KEY: SECRET };

      expect(refusalOf({ ...settings, [variable]: 'http://canary.example/' })).toContain(
        `- ${variable} must be https`,
      );
      for (const own of [
        'http://localhost:8001/',
        'http://127.0.0.1/',
        'http://[::1]:1/',
        'https://x.example/',
      ])
        expect(Config.from({ DATABASE_URL, ...settings, [variable]: own }).isProduction).toBe(true);
    });

    it('starts with a secret of its own', () => {
      const config = Config.from({ DATABASE_URL, APP_ENV: name, JWT_SECRET_KEY: SECRET });

      expect(config.isProduction).toBe(true);
      expect(config.jwt.secret).toBe(SECRET);
    });
  });

  it.each(['development', 'test', ' test '])('is no production in %j', (name) => {
    expect(Config.from({ DATABASE_URL, APP_ENV: name }).isProduction).toBe(false);
  });

  it("is the process's own environment unless another is given", () => {
    expect(environment()).toBe(process.env);
    process.env.DATABASE_URL = DATABASE_URL;
    process.env.PORT = '4711';

    expect(Config.from().port).toBe(4711);
  });
});
