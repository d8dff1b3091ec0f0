import { Config } from '#config';
import { environmentOf, PASSWORD, serviceNamed, type Variables } from '../support/compose.js';
import { Program } from '../support/program.js';

const PRODUCTION = {
  ...PASSWORD,
  APP_ENV: 'production',
  JWT_SECRET_KEY: 'a secret of thirty-two characters',
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
};

describe.each(['user-create', 'user-password', 'user-disable'])('%s in docker-compose.yml', (name) => {
  it('is run only when it is asked for, in the hardened container', async () => {
    expect(await serviceNamed(name, PASSWORD)).toMatchObject({ profiles: ['tools'], read_only: true });
  });

  it('runs a program of the build, which takes options', async () => {
    const { entrypoint = [] } = await serviceNamed(name, PASSWORD);

    const program = Program.start(String(entrypoint[1]).replace('dist/', ''), {});
    await program.exited;
    expect(program.stderr).toContain(`Usage: npm run ${name.replace('-', ':')}`);
  });

  it('needs only the database in production', async () => {
    const variables = { ...PASSWORD, APP_ENV: 'production' };
    const { databaseUrl } = Config.forCommand(await environmentOf(name, variables));

    expect(databaseUrl).toContain('@db:5432/');
  });
});

describe.each(['api', 'worker'])('%s in docker-compose.yml', (service) => {
  async function start(variables: Variables): Promise<Config> {
    return Config.from(await environmentOf(service, variables));
  }

  it('uses the sandbox by default', async () => {
    const { payment, notification, isProduction } = await start(PASSWORD);

    expect(payment).toMatchObject({
      url: 'http://sandbox:8001/payment',
      refundUrl: 'http://sandbox:8001/refund',
      idempotency: 'supported',
    });
    expect(notification.url).toBe('http://sandbox:8001/notification');
    expect(isProduction).toBe(false);
  });

  it('trusts no real provider to honour idempotency keys', async () => {
    const { payment } = await start({ ...PASSWORD, PAYMENT_SERVICE_URL: PRODUCTION.PAYMENT_SERVICE_URL });

    expect(payment).toMatchObject({ url: PRODUCTION.PAYMENT_SERVICE_URL, idempotency: 'unknown' });
  });

  it('passes PAYMENT_PROVIDER_IDEMPOTENCY on', async () => {
    const { payment } = await start({ ...PRODUCTION, PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });

    expect(payment.idempotency).toBe('supported');
  });

  it('passes PAYMENT_REFUND_URL on', async () => {
    const refundUrl = 'https://provider.example/refund';
    const { payment } = await start({ ...PRODUCTION, PAYMENT_REFUND_URL: refundUrl });

    expect(payment.refundUrl).toBe(refundUrl);
  });

  it('exports traces to OTEL_EXPORTER_OTLP_ENDPOINT', async () => {
    expect((await start(PASSWORD)).exportsTraces).toBe(false);

    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    expect((await start({ ...PASSWORD, ...collector })).exportsTraces).toBe(true);
  });

  it('passes NOTIFICATION_SIGNING_SECRET and NOTIFY_PLACED_ORDERS on', async () => {
    const { notification } = await start({
      ...PRODUCTION,
      NOTIFICATION_SIGNING_SECRET: `whsec_${'A'.repeat(32)}`,
      NOTIFY_PLACED_ORDERS: 'true',
    });

    expect(notification).toMatchObject({ signingSecrets: [Buffer.alloc(24)], includesPlacedOrders: true });
  });

  it('starts in production with real providers', async () => {
    const { isProduction, payment } = await start(PRODUCTION);

    expect(isProduction).toBe(true);
    expect(payment).toMatchObject({ url: PRODUCTION.PAYMENT_SERVICE_URL, idempotency: 'unknown' });
  });

  it.each(['JWT_SECRET_KEY', 'PAYMENT_SERVICE_URL', 'NOTIFICATION_SERVICE_URL'])(
    'does not start in production without %s',
    async (name) => {
      await expect(start({ ...PRODUCTION, [name]: '' })).rejects.toThrow(`- ${name} must be set`);
    },
  );

  it('has no default for the password of the database', async () => {
    await expect(start({ ...PRODUCTION, POSTGRES_PASSWORD: '' })).rejects.toThrow('POSTGRES_PASSWORD');
    expect((await start(PASSWORD)).databaseUrl).toContain(`:${PASSWORD.POSTGRES_PASSWORD}@`);
  });
});
