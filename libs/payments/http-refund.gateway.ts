import { Injectable, Logger } from '@nestjs/common';
import { Config, Failpoint } from '#config';
import { requestFields } from '#logging';
import { PaymentMetrics } from './payment-metrics.js';
import { isMisconfigured, isSuccess, isTemporary } from './provider-answer.js';
import { ProviderClient, type ProviderReply } from './provider-client.js';
import { RefundGateway, type RefundOutcome, type ProviderRefund } from './refund.gateway.js';

/**
 * The provider at PAYMENT_REFUND_URL: `POST {"value": cents, "charge": …}`, where `charge` is the Idempotency-Key of the charge. The
 * status line decides: 2xx is refunded, and only a 4xx that is not temporary is a refusal.
 */
@Injectable()
export class HttpRefundGateway extends RefundGateway {
  private readonly provider: ProviderClient | undefined;

  constructor({ payment: { refundUrl, timeoutMs, idempotency } }: Config, metrics: PaymentMetrics) {
    super();
    if (refundUrl === undefined) return;
    this.provider = new ProviderClient({
      url: refundUrl,
      timeoutMs,
      idempotency,
      log: new Logger(HttpRefundGateway.name),
      name: 'refund',
      requests: 'refunds',
      urlVariable: 'PAYMENT_REFUND_URL',
      onMisconfigured: () => metrics.misconfigured('refund'),
      onReply: (reply, durationMs) => metrics.refunded(classify(reply), durationMs),
    });
    metrics.watch('refund', this.provider);
  }

  get isConfigured(): boolean {
    return this.provider !== undefined;
  }

  isAvailable(): boolean {
    return this.provider?.isAvailable ?? false;
  }

  @Failpoint('payment.refund')
  async refund(
    { refundId, chargeKey, placementId, amountCents, context }: ProviderRefund,
    onLate: (outcome: RefundOutcome) => void,
  ): Promise<RefundOutcome> {
    if (!this.provider) return { kind: 'unsent', reason: 'no provider' };
    const request = {
      key: refundId,
      body: { value: amountCents, charge: chargeKey },
      traceparent: context.traceparent,
      logFields: { ...requestFields(context), refund: refundId, placement: placementId, amountCents },
    };
    return classify(await this.provider.post(request, (reply) => onLate(classify(reply))));
  }
}

function classify(reply: ProviderReply): RefundOutcome {
  if (reply.kind === 'unsent') return reply;
  if (reply.kind === 'unknown') return { ...reply, status: null };
  const { answer } = reply;
  const { status } = answer;
  if (isSuccess(status)) return { kind: 'refunded', answer };
  if (status >= 400 && !isTemporary(status))
    return { kind: 'rejected', answer, confirmed: !isMisconfigured(status) };
  return { kind: 'unknown', reason: `answered ${status}`, status };
}
