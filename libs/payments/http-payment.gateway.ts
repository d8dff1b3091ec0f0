import { Injectable, Logger } from '@nestjs/common';
import { Config, Failpoint } from '#config';
import { requestFields } from '#logging';
import { PaymentMetrics } from './payment-metrics.js';
import { PaymentGateway, type Charge, type ChargeOutcome } from './payment.gateway.js';
import { isSuccess, isTemporary } from './provider-answer.js';
import { ProviderClient, type ProviderReply } from './provider-client.js';

/** The provider at PAYMENT_SERVICE_URL: `POST {"value": cents}`. The status line decides: 2xx is approved. */
@Injectable()
export class HttpPaymentGateway extends PaymentGateway {
  private readonly provider: ProviderClient;

  constructor({ payment }: Config, metrics: PaymentMetrics) {
    super();
    this.provider = new ProviderClient({
      ...payment,
      log: new Logger(HttpPaymentGateway.name),
      name: 'payment',
      requests: 'charges',
      urlVariable: 'PAYMENT_SERVICE_URL',
      onMisconfigured: () => metrics.misconfigured('payment'),
      onReply: (reply, durationMs) => metrics.charged(classify(reply), durationMs),
    });
    metrics.watch('payment', this.provider);
  }

  isAvailable(): boolean {
    return this.provider.isAvailable;
  }

  @Failpoint('payment.charge')
  async charge(
    { key, placementId, amountCents, context }: Charge,
    onLate: (outcome: ChargeOutcome) => void,
  ): Promise<ChargeOutcome> {
    const request = {
      key,
      body: { value: amountCents },
      traceparent: context.traceparent,
      logFields: { ...requestFields(context), placement: placementId, providerKey: key, amountCents },
    };
    return classify(await this.provider.post(request, (reply) => onLate(classify(reply))));
  }
}

function classify(reply: ProviderReply): ChargeOutcome {
  if (reply.kind !== 'answered') return reply;
  const { answer } = reply;
  if (isSuccess(answer.status)) return { kind: 'approved', answer };
  return { kind: 'declined', answer, confirmed: !isTemporary(answer.status) };
}
