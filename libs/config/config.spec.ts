import { Config, environment } from './config.js';

const DATABASE_URL = 'postgresql://barista@localhost:5432/coffee';
const DEVELOPMENT_SECRET = 'development-only-secret-do-not-use-in-production';
const SECRET = 'a secret of thirty-two characters';
const SIGNING_KEY = Buffer.alloc(24, 7);

const PRODUCTION = {
  APP_ENV: 'production',
  DATABASE_URL,
  JWT_SECRET_KEY: SECRET,
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
};

describe('Config', () => {
  it('has a default for everything except the database', () => {
    expect(Config.from({ DATABASE_URL })).toEqual({
      logLevel: 'info',
      apiPrefix: '/api/v1',
      address: { host: '127.0.0.1', port: 8000, portVariable: 'PORT' },
      maxConnections: 2_000,
      keepAliveTimeoutMs: 65_000,
      shutdownDelayMs: 0,
      databaseUrl: DATABASE_URL,
      directDatabaseUrl: DATABASE_URL,
      readDatabaseUrl: DATABASE_URL,
      databasePoolSize: 10,
      limitsDatabaseTime: true,
      preparesStatements: true,
      isProduction: false,
      jwt: { secret: DEVELOPMENT_SECRET, oldSecrets: [], algorithm: 'HS256', lifetimeSeconds: 1800 },
      payment: {
        url: 'https://challenge.trio.dev/api/v1/payment',
        refundUrl: undefined,
        timeoutMs: 10_000,
        idempotency: 'unknown',
        chargesAtOnce: 50,
      },
      sandboxUrl: undefined,
      notification: {
        url: 'https://challenge.trio.dev/api/v1/notification',
        signingSecrets: [],
        includesPlacedOrders: false,
      },
      shop: { timeZone: 'UTC', dayStartsAt: '00:00' },
      exportsTraces: false,
      recoveryIntervalMs: 5_000,
      trustedProxies: 0,
      corsOrigins: [],
      hstsIncludesSubDomains: false,
    });
  });

  it('reads each variable', () => {
    const config = Config.from({
      APP_ENV: 'production',
      LOG_LEVEL: 'debug',
      API_PREFIX: '/shop/v2',
      HOST: '::',
      PORT: '80',
      MAX_CONNECTIONS: '500',
      KEEP_ALIVE_TIMEOUT_MS: '120000',
      SHUTDOWN_DELAY_MS: '5000',
      DATABASE_URL: 'postgres://barista@db/coffee',
      DATABASE_DIRECT_URL: 'postgres+asyncpg://barista@primary/coffee',
      DATABASE_READ_URL: 'postgres://barista@replica/coffee',
      DATABASE_PLAINTEXT_HOSTS: 'db,primary,replica',
      DATABASE_POOL_SIZE: '20',
      DATABASE_PREPARED_STATEMENTS: 'off',
      JWT_SECRET_KEY: SECRET,
      JWT_ALGORITHM: 'HS512',
      JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '5',
      PAYMENT_SERVICE_URL: 'http://localhost:8001/payment',
      PAYMENT_REFUND_URL: 'http://localhost:8001/refund',
      PAYMENT_TIMEOUT_MS: '700',
      PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
      CHARGES_AT_ONCE: '25',
      NOTIFICATION_SERVICE_URL: 'https://notify.example.com/notification?shop=1',
      NOTIFICATION_SIGNING_SECRET: `whsec_${SIGNING_KEY.toString('base64')}`,
      NOTIFY_PLACED_ORDERS: 'true',
      SHOP_TIME_ZONE: 'Europe/Berlin',
      SHOP_DAY_STARTS_AT: '04:00',
      RECOVERY_INTERVAL_MS: '100',
      RETENTION_DAYS: '400',
      TRUSTED_PROXIES: '2',
      CORS_ORIGINS: 'https://shop.example.com,https://kiosk.example.com',
      HSTS_INCLUDE_SUBDOMAINS: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      UNKNOWN_VARIABLE: 'is ignored',
    });

    expect(config).toEqual({
      logLevel: 'debug',
      apiPrefix: '/shop/v2',
      address: { host: '::', port: 80, portVariable: 'PORT' },
      maxConnections: 500,
      keepAliveTimeoutMs: 120_000,
      shutdownDelayMs: 5_000,
      databaseUrl: 'postgres://barista@db/coffee',
      directDatabaseUrl: 'postgres://barista@primary/coffee',
      readDatabaseUrl: 'postgres://barista@replica/coffee',
      databasePoolSize: 20,
      limitsDatabaseTime: true,
      preparesStatements: false,
      isProduction: true,
      jwt: { secret: SECRET, oldSecrets: [], algorithm: 'HS512', lifetimeSeconds: 300 },
      payment: {
        url: 'http://localhost:8001/payment',
        refundUrl: 'http://localhost:8001/refund',
        timeoutMs: 700,
        idempotency: 'supported',
        chargesAtOnce: 25,
      },
      sandboxUrl: undefined,
      notification: {
        url: 'https://notify.example.com/notification?shop=1',
        signingSecrets: [SIGNING_KEY],
        includesPlacedOrders: true,
      },
      shop: { timeZone: 'Europe/Berlin', dayStartsAt: '04:00' },
      exportsTraces: true,
      recoveryIntervalMs: 100,
      retentionDays: 400,
      trustedProxies: 2,
      corsOrigins: ['https://shop.example.com', 'https://kiosk.example.com'],
      hstsIncludesSubDomains: true,
    });
  });

  it.each([
    ['development', '127.0.0.1'],
    ['test', '127.0.0.1'],
    ['production', undefined],
  ])('listens in %s on %s by default', (name, host) => {
    expect(Config.from({ ...PRODUCTION, APP_ENV: name }).address.host).toBe(host);
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'true'],
    ['OTEL_TRACES_EXPORTER', 'none'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', ''],
  ])('exports no traces with %s=%s', (name, value) => {
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

    expect(Config.from({ DATABASE_URL, ...collector, [name]: value }).exportsTraces).toBe(false);
  });

  describe('for a command', () => {
    it('needs no secret and no provider in production', () => {
      expect(Config.forCommand({ DATABASE_URL, APP_ENV: 'production' }).databaseUrl).toBe(DATABASE_URL);
    });

    it('needs the database', () => {
      expect(() => Config.forCommand({})).toThrow('DATABASE_URL must be set');
    });
  });

  it('reads the environment of the process by default', () => {
    expect(environment()).toBe(process.env);
    process.env.DATABASE_URL = DATABASE_URL;
    process.env.PORT = '4711';

    expect(Config.from().address.port).toBe(4711);
  });

  it.each([
    ['an empty', ''],
    ['a blank', '  '],
  ])('uses the default for %s variable', (_, value) => {
    const names = [
      ...[
        'APP_ENV',
        'LOG_LEVEL',
        'API_PREFIX',
        'HOST',
        'PORT',
        'JWT_ALGORITHM',
        'JWT_ACCESS_TOKEN_EXPIRE_MINUTES',
      ],
      ...['PAYMENT_SERVICE_URL', 'PAYMENT_REFUND_URL', 'PAYMENT_TIMEOUT_MS', 'PAYMENT_PROVIDER_IDEMPOTENCY'],
      ...['NOTIFICATION_SERVICE_URL', 'NOTIFICATION_SIGNING_SECRET', 'NOTIFY_PLACED_ORDERS'],
      ...['RECOVERY_INTERVAL_MS', 'DATABASE_PREPARED_STATEMENTS'],
      ...['MAX_CONNECTIONS', 'KEEP_ALIVE_TIMEOUT_MS', 'HSTS_INCLUDE_SUBDOMAINS'],
    ];
    const variables = Object.fromEntries(names.map((name) => [name, value]));

    expect(Config.from({ ...variables, DATABASE_URL })).toEqual(Config.from({ DATABASE_URL }));
  });

  it('uses the development secret for an empty JWT_SECRET_KEY', () => {
    expect(Config.from({ DATABASE_URL, JWT_SECRET_KEY: '' }).jwt.secret).toBe(DEVELOPMENT_SECRET);
  });

  it('ignores white space around a value', () => {
    expect(Config.from({ DATABASE_URL, PORT: ' 80 ' }).address.port).toBe(80);
  });

  it('keeps white space around JWT_SECRET_KEY', () => {
    expect(Config.from({ DATABASE_URL, JWT_SECRET_KEY: ` ${SECRET} ` }).jwt.secret).toBe(` ${SECRET} `);
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
  ])('reads LOG_LEVEL=%s as %s', (given, read) => {
    expect(Config.from({ DATABASE_URL, LOG_LEVEL: given }).logLevel).toBe(read);
  });

  it.each(['/api', '/api/v1', '/a.b/c-d/~e_f'])('accepts API_PREFIX=%s', (prefix) => {
    expect(Config.from({ DATABASE_URL, API_PREFIX: prefix }).apiPrefix).toBe(prefix);
  });

  it.each(['HS256', 'HS384', 'HS512'])('accepts JWT_ALGORITHM=%s', (algorithm) => {
    expect(Config.from({ DATABASE_URL, JWT_ALGORITHM: algorithm }).jwt.algorithm).toBe(algorithm);
  });

  it.each(['development', 'test', ' test '])('does not treat APP_ENV=%j as production', (name) => {
    expect(Config.from({ DATABASE_URL, APP_ENV: name }).isProduction).toBe(false);
  });
});
