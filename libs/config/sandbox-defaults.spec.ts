import { Config } from './config.js';

const DATABASE_URL = 'postgresql://localhost/shop';

describe('the configuration with SANDBOX_URL', () => {
  const SANDBOX_URL = 'http://sandbox:8001';

  it('uses the sandbox, which honours idempotency keys', () => {
    const config = Config.from({ DATABASE_URL, SANDBOX_URL });

    expect(config.payment).toMatchObject({
      url: `${SANDBOX_URL}/payment`,
      refundUrl: `${SANDBOX_URL}/refund`,
      idempotency: 'supported',
    });
    expect(config.notification.url).toBe(`${SANDBOX_URL}/notification`);
  });

  it('trusts no other payment provider to honour idempotency keys', () => {
    const PAYMENT_SERVICE_URL = 'https://provider.example/payment';
    const config = Config.from({ DATABASE_URL, SANDBOX_URL, PAYMENT_SERVICE_URL });

    expect(config.payment).toMatchObject({ url: PAYMENT_SERVICE_URL, idempotency: 'unknown' });
    expect(config.notification.url).toBe(`${SANDBOX_URL}/notification`);
  });

  it('trusts no other refund provider to honour idempotency keys', () => {
    const PAYMENT_REFUND_URL = 'https://provider.example/refund';
    const { payment } = Config.from({ DATABASE_URL, SANDBOX_URL, PAYMENT_REFUND_URL });

    expect(payment).toMatchObject({ refundUrl: PAYMENT_REFUND_URL, idempotency: 'unknown' });
  });

  it('sends no refunds to the sandbox for charges of another provider', () => {
    const PAYMENT_SERVICE_URL = 'https://provider.example/payment';

    expect(Config.from({ DATABASE_URL, SANDBOX_URL, PAYMENT_SERVICE_URL }).payment.refundUrl).toBeUndefined();
  });

  it('uses the given PAYMENT_PROVIDER_IDEMPOTENCY', () => {
    const config = Config.from({ DATABASE_URL, SANDBOX_URL, PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' });

    expect(config.payment.idempotency).toBe('unknown');
  });
});
