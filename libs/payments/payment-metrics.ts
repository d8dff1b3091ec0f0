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
      help: 'Duration of charges at the provider, until its answer or the timeout',
      labels: ['outcome'],
    });
    this.refunds = metrics.histogram({
      name: 'refund_duration_seconds',
      help: 'Duration of refunds at the provider, until its answer or the timeout',
      labels: ['outcome'],
    });
    this.configurationErrors = metrics.counter({
      name: 'payment_provider_configuration_errors_total',
      help: 'Answers that mean a wrong URL or missing access',
      labels: ['provider'],
    });
  }

  /** @param startedAt in ms of `performance.now()` */
  charged({ kind: outcome }: ChargeOutcome, startedAt: number): void {
    this.charges.observe({ outcome }, (performance.now() - startedAt) / 1000);
  }

  /** @param startedAt in ms of `performance.now()` */
  refunded({ kind: outcome }: RefundOutcome, startedAt: number): void {
    this.refunds.observe({ outcome }, (performance.now() - startedAt) / 1000);
  }

  misconfigured(provider: Provider): void {
    this.configurationErrors.inc({ provider });
  }

  /** Shows from now on whether requests to the provider are held back. */
  watch(provider: Provider, client: Pick<ProviderClient, 'isHeldBack'>): void {
    // A counter that begins with its first error never shows an increase by it.
    this.configurationErrors.inc({ provider }, 0);
    this.metrics.gauge(
      {
        name: 'payment_breaker_open',
        help: 'Circuit breakers that hold requests to the provider back',
        labels: ['provider'],
      },
      () => [{ labels: { provider }, value: Number(client.isHeldBack) }],
    );
  }
}
