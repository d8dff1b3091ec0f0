import { Config } from './config.js';
import { InvalidConfiguration } from './invalid-configuration.js';
import { StartupError } from './startup-error.js';

/** No message may contain "canary". */
const DATABASE_URL = 'postgresql://barista:canary-password@localhost:5432/coffee';
const SECRET = 'a secret of thirty-two characters';
const CHOSEN = {
  JWT_SECRET_KEY: SECRET,
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
};

/** Returns the error's message. Throws if the variables are accepted. */
function errorMessageFor(variables: NodeJS.ProcessEnv): string {
  try {
    Config.from({ DATABASE_URL, ...variables });
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error.message;
    throw error;
  }
  throw new Error('The configuration was accepted');
}

describe('InvalidConfiguration', () => {
  it.each([
    ['DATABASE_URL', 'mysql://canary@db/coffee'],
    ['DATABASE_URL', 'canary'],
    ['DATABASE_URL', 'postgresql://'],
    ['DATABASE_DIRECT_URL', 'mysql://canary@db/coffee'],
    ['DATABASE_PREPARED_STATEMENTS', 'canary'],
    ['JWT_SECRET_KEY', 'canary'],
    ['JWT_SECRET_KEY', 'canary'.padEnd(31)],
    ['JWT_SECRET_KEY', 'canary'.repeat(1000)],
    ['JWT_ALGORITHM', 'none'],
    ['JWT_ALGORITHM', 'RS256'],
    ['JWT_ALGORITHM', 'hs256'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', '0'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', '-5'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', '1441'],
    ['JWT_ACCESS_TOKEN_EXPIRE_MINUTES', 'canary'],
    ['PAYMENT_SERVICE_URL', 'canary'],
    ['PAYMENT_SERVICE_URL', 'ftp://canary/payment'],
    ['PAYMENT_REFUND_URL', 'canary'],
    ['NOTIFICATION_SERVICE_URL', '//canary/notification'],
    ['NOTIFICATION_SERVICE_URL', 'file:///etc/canary'],
    ['NOTIFICATION_SIGNING_SECRET', 'canary'],
    ['NOTIFICATION_SIGNING_SECRET', 'whsec_canary'],
    ['NOTIFY_PLACED_ORDERS', 'canary'],
    ['SANDBOX_URL', 'canary'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'canary:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'canary'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'canary'],
    ['OTEL_TRACES_SAMPLER', 'canary'],
    ['OTEL_TRACES_EXPORTER', 'zipkin-canary'],
    ['OTEL_SDK_DISABLED', 'canary'],
    ['APP_ENV', 'canary'.repeat(10)],
    ['LOG_LEVEL', 'canary'],
    ['LOG_LEVEL', 'constructor'],
    ['API_PREFIX', 'canary'],
    ['API_PREFIX', '/canary/'],
    ['API_PREFIX', '/canary?x=1'],
    ['HOST', 'canary canary'],
    ['SANDBOX_PORT', 'canary'],
    ['METRICS_PORT', 'canary'],
    ['METRICS_PORT', '65536'],
    ['METRICS_PORT', '8000'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'canary'],
    ['PORT', '80 81'],
    ['MAX_CONNECTIONS', '0'],
    ['KEEP_ALIVE_TIMEOUT_MS', '0'],
    ['KEEP_ALIVE_TIMEOUT_MS', '65s'],
    ['HSTS_INCLUDE_SUBDOMAINS', 'canary'],
    ['PAYMENT_TIMEOUT_MS', '0'],
    ['PAYMENT_TIMEOUT_MS', '120001'],
    ['PAYMENT_TIMEOUT_MS', '10s'],
    ['PAYMENT_PROVIDER_IDEMPOTENCY', 'canary'],
    ['SHOP_TIME_ZONE', 'canary canary'],
    ['SHOP_DAY_STARTS_AT', '24:00'],
    ['RECOVERY_INTERVAL_MS', '9'],
    ['RECOVERY_INTERVAL_MS', 'Infinity'],
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '11'],
    ['CORS_ORIGINS', 'canary'],
    ['CORS_ORIGINS', 'https://canary.example/'],
    ['FAILPOINTS', 'canary'],
    ['FAILPOINTS', 'placement.begin.after=canary:3'],
  ])('names the variable once and never its value for %s=%s', (name, value) => {
    const message = errorMessageFor({ ...(name === 'APP_ENV' && CHOSEN), [name]: value });

    expect(message).toMatch(new RegExp(`^The configuration is refused:\n  - ${name} .*$`));
    expect(message).not.toContain('canary');
  });

  it('names all invalid variables at once', () => {
    const message = errorMessageFor({ PORT: 'canary', LOG_LEVEL: 'canary', DATABASE_URL: 'canary' });

    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(message).toContain(`- ${name} `);
  });

  it.each([undefined, ''])('is thrown for DATABASE_URL=%j', (value) => {
    expect(errorMessageFor({ DATABASE_URL: value })).toContain('DATABASE_URL must be set');
  });

  it('is a StartupError, so that only its message is printed', () => {
    expect(() => Config.from({})).toThrow(StartupError);
  });

  describe.each(['production', 'staging', 'prod', 'Test'])('in %s', (name) => {
    const settings = { APP_ENV: name, ...CHOSEN };

    it('is not thrown if everything was chosen', () => {
      const config = Config.from({ DATABASE_URL, ...settings });

      expect(config.isProduction).toBe(true);
      expect(config.jwt.secret).toBe(SECRET);
    });

    it.each(Object.keys(CHOSEN))('is thrown for a missing %s', (variable) => {
      for (const value of [undefined, '', '   '])
        expect(errorMessageFor({ ...settings, [variable]: value })).toContain(`- ${variable} must `);
    });

    it('is thrown if only the sandbox is configured', () => {
      const message = errorMessageFor({
        ...settings,
        SANDBOX_URL: 'http://localhost:8001',
        PAYMENT_SERVICE_URL: undefined,
        NOTIFICATION_SERVICE_URL: undefined,
      });

      expect(message).toContain('- PAYMENT_SERVICE_URL must be set');
      expect(message).toContain('- NOTIFICATION_SERVICE_URL must be set');
    });

    it('is thrown if FAILPOINTS is set', () => {
      const message = errorMessageFor({ ...settings, FAILPOINTS: 'placement.begin.after=kill:1' });

      expect(message).toContain('- FAILPOINTS must ');
    });

    describe.each(['PAYMENT_SERVICE_URL', 'PAYMENT_REFUND_URL', 'NOTIFICATION_SERVICE_URL'])(
      'for %s',
      (variable) => {
        it('is thrown if it is plain http to another machine', () => {
          const message = errorMessageFor({ ...settings, [variable]: 'http://canary.example/' });

          expect(message).toContain(`- ${variable} must be https`);
        });

        it.each([
          'http://localhost:8001/',
          'http://127.0.0.1/',
          'http://[::1]:1/',
          'https://provider.example/',
        ])('is not thrown for %s', (url) => {
          expect(Config.from({ DATABASE_URL, ...settings, [variable]: url }).isProduction).toBe(true);
        });
      },
    );
  });
});
