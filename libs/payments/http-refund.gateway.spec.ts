import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { eventually } from '../../test/support/eventually.js';
import {
  hang,
  refund,
  refundAndReset,
  RefundStub,
  reject,
  reset,
  type RefundBehaviour,
} from '../../test/support/refund-stub.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { Config } from '#config';
import { Metrics } from '#metrics';
import { HttpRefundGateway } from './http-refund.gateway.js';
import { PaymentMetrics } from './payment-metrics.js';
import type { RefundOutcome, ProviderRefund } from './refund.gateway.js';

const TIMEOUT_MS = 400;

describe('HttpRefundGateway', () => {
  let provider: RefundStub;
  let gateway: HttpRefundGateway;
  let late: RefundOutcome[];

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(async () => {
    provider = await RefundStub.start();
    gateway = gatewayOf(provider.url);
    late = [];
  });
  afterEach(() => provider.stop());

  function gatewayOf(refundUrl: string): HttpRefundGateway {
    return new HttpRefundGateway(
      Config.from({
        DATABASE_URL: 'postgresql://barista@localhost/coffee',
        PAYMENT_REFUND_URL: refundUrl,
        PAYMENT_TIMEOUT_MS: String(TIMEOUT_MS),
      }),
      new PaymentMetrics(new Metrics()),
    );
  }

  function newRefund(): ProviderRefund {
    const ids = { refundId: randomUUID(), chargeKey: randomUUID(), placementId: randomUUID() };
    return { ...ids, amountCents: 430, context: TEST_CONTEXT };
  }

  function send(behaviour: RefundBehaviour, request = newRefund()): Promise<RefundOutcome> {
    provider.once(behaviour);
    return gateway.refund(request, (outcome) => late.push(outcome));
  }

  it('sends the amount and the charge under the id of the refund', async () => {
    const request = newRefund();

    await send(refund, request);

    expect(provider.requests).toEqual([
      { key: request.refundId, body: { value: 430, charge: request.chargeKey } },
    ]);
  });

  it.each([200, 201, 299])('is refunded for %i', async (status) => {
    expect(await send(reject(status, '{"id":7}'))).toEqual({
      kind: 'refunded',
      answer: { status, body: { id: 7 } },
    });
  });

  it.each([400, 402, 422, 499])('is rejected for %i', async (status) => {
    expect(await send(reject(status, '{"reason":"closed"}'))).toEqual({
      kind: 'rejected',
      answer: { status, body: { reason: 'closed' } },
      confirmed: true,
    });
  });

  it.each([401, 403, 404, 405])('is rejected because of our configuration for %i', async (status) => {
    expect(await send(reject(status, ''))).toEqual({
      kind: 'rejected',
      answer: { status, body: '' },
      confirmed: false,
    });
  });

  it.each([304, 307, 408, 409, 425, 429, 500, 503, 599])('is unknown for %i', async (status) => {
    expect(await send(reject(status, ''))).toEqual({ kind: 'unknown', reason: `answered ${status}`, status });
  });

  it.each<[string, RefundBehaviour]>([
    ['the connection is reset', reset],
    ['the connection is reset after the refund', refundAndReset],
    ['no answer comes in time', hang],
  ])('is unknown if %s', async (_, behaviour) => {
    expect(await send(behaviour)).toEqual({
      kind: 'unknown',
      reason: expect.any(String) as unknown,
      status: null,
    });
  });

  it('is unknown for 101', async () => {
    const outcome = await send(({ request }) =>
      request.socket.write('HTTP/1.1 101 \r\nUpgrade: tea\r\n\r\n'),
    );

    expect(outcome).toEqual({ kind: 'unknown', reason: 'answered 101', status: 101 });
  });

  it('is unsent if the connection is refused', async () => {
    await provider.stop();

    expect(await send(refund)).toEqual({ kind: 'unsent', reason: 'ECONNREFUSED' });
  });

  it('is unsent once the provider is known to be down', async () => {
    while (gateway.isAvailable()) await send(reset);

    expect(await send(refund)).toEqual({ kind: 'unsent', reason: 'provider down' });
  });

  it('reports what an answer after the time-out means', async () => {
    await send((exchange) => void setTimeout(() => refund(exchange), TIMEOUT_MS + 100));

    expect(await eventually('the late outcome', () => late[0])).toEqual({
      kind: 'refunded',
      answer: { status: 200, body: { status: 'refunded' } },
    });
  });

  it('is configured with PAYMENT_REFUND_URL', () => {
    expect(gateway.isConfigured).toBe(true);
  });

  describe('without PAYMENT_REFUND_URL', () => {
    beforeEach(() => (gateway = gatewayOf('')));

    it('is not configured', () => {
      expect(gateway.isConfigured).toBe(false);
    });

    it('is not available', () => {
      expect(gateway.isAvailable()).toBe(false);
    });

    it('sends nothing', async () => {
      expect(await send(refund)).toMatchObject({ kind: 'unsent' });
    });
  });
});
