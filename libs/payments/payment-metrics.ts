import { Injectable } from '@nestjs/common';
import { Metrics, type Counter, type Histogram } from '#metrics';
import type { ChargeOutcome } from './payment.gateway.js';
import type { ProviderClient } from './provider-client.js';
import type { RefundOutcome } from './refund.gateway.js';

type Provider = 'payment' | 'refund';

/** What the payment provider does, as metrics. */
@Injectable()
export class PaymentMetrics {
  private readonly charges: Histogram<'outcome'>;
  private readonly refunds: Histogram<'outcome'>;
  private readonly configurationErrors: Counter<'provider'>;

  constructor(private readonly metrics: Metrics) {
    this.charges = metrics.histogram({
      name: 'charge_duration_seconds',
      help: 'Duration of charges that were sent to the provider, until its answer or the timeout',
      labels: ['outcome'],
    });
    this.refunds = metrics.histogram({
      name: 'refund_duration_seconds',
      help: 'Duration of refunds that were sent to the provider, until its answer or the timeout',
      labels: ['outcome'],
    });
    this.configurationErrors = metrics.counter({
      name: 'payment_provider_configuration_errors_total',
      help: 'Answers that mean a wrong URL or missing access',
      labels: ['provider'],
    });
  }

  charged({ kind: outcome }: ChargeOutcome, durationMs: number): void {
    this.charges.observe({ outcome }, durationMs / 1000);
  }

  refunded({ kind: outcome }: RefundOutcome, durationMs: number): void {
    this.refunds.observe({ outcome }, durationMs / 1000);
  }

  misconfigured(provider: Provider): void {
    this.configurationErrors.inc({ provider });
  }

  /** Shows from now on whether the provider is down. */
  watch(provider: Provider, client: Pick<ProviderClient, 'isDown'>): void {
    // A series that begins with its first error never shows an increase by it.
    this.configurationErrors.inc({ provider }, 0);
    if (provider === 'refund') this.refunds.zero({ outcome: 'rejected' });
    this.metrics.gauge(
      {
        name: 'payment_breaker_open',
        help: 'Circuit breakers that are open: the last requests had no answer, and the next one that has an answer closes them',
        labels: ['provider'],
      },
      () => [{ labels: { provider }, value: Number(client.isDown) }],
    );
  }
}
