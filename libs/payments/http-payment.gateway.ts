import type { IncomingMessage } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { circuitBreaker, ConsecutiveBreaker, handleWhenResult, isBrokenCircuitError } from 'cockatiel';
import { Config, Failpoint } from '#config';
import { describeFailure, PostClient, readProviderBody } from '#http-client';
import { requestField } from '#logging';
import { isSettledWithin } from '#timing';
import { PaymentGateway, type Charge, type ChargeOutcome, type ProviderAnswer } from './payment.gateway.js';

/** This many charges in a row without an answer mean that the provider is down. */
const FAILURES_TO_OPEN = 5;
const OPEN_FOR_MS = 10_000;
/** An answer that comes this long after the timeout still counts, although the client has its response already. */
const LATE_RESPONSE_WINDOW_MS = 20_000;
/** Statuses that report a temporary problem, not a decision about the charge. */
const UNCONFIRMED_STATUSES = [408, 409, 425, 429];

/**
 * The provider at PAYMENT_SERVICE_URL: `POST {"value": cents}` with an Idempotency-Key. The status line decides: 2xx is approved.
 * Reuses fresh connections only if the provider honours keys. Otherwise each charge opens its own connection, because a refused new
 * connection proves that nothing was sent, while a reset on a used one proves nothing.
 */
@Injectable()
export class HttpPaymentGateway extends PaymentGateway {
  private readonly log = new Logger(HttpPaymentGateway.name);
  private readonly client: PostClient;
  private readonly timeoutMs: number;
  private readonly breaker = circuitBreaker(
    handleWhenResult((result) => isWithoutAnswer(result)),
    { halfOpenAfter: OPEN_FOR_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  /** When the open breaker allows the next charge, in ms since the epoch. */
  private availableFrom = 0;

  constructor({ payment }: Config) {
    super();
    this.client = new PostClient({
      url: payment.url,
      keepAlive: payment.idempotency === 'supported',
      timeoutMs: payment.timeoutMs + LATE_RESPONSE_WINDOW_MS,
    });
    this.timeoutMs = payment.timeoutMs;
    this.breaker.onBreak(() => {
      this.availableFrom = Date.now() + OPEN_FOR_MS;
      this.log.error('The payment provider does not answer: no charges are sent for a while');
    });
    this.breaker.onReset(() => this.log.log('The payment provider answers again'));
  }

  isAvailable(): boolean {
    return Date.now() >= this.availableFrom;
  }

  @Failpoint('payment.charge')
  async charge(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome> {
    try {
      return await this.breaker.execute(() => this.send(charge, onLate));
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      return { kind: 'unsent', reason: error.message };
    }
  }

  private async send(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome> {
    const body = { value: charge.amountCents };
    const response = this.client.post(body, { 'Idempotency-Key': charge.placementId });
    const outcome = response.then(
      (answer) => this.onResponse(charge, answer),
      (error: unknown) => this.onNoResponse(charge, classifyFailure(error)),
    );
    if (await isSettledWithin(this.timeoutMs, response)) return outcome;
    void outcome.then(onLate);
    return this.onNoResponse(charge, { kind: 'unknown', reason: 'timeout' });
  }

  private async onResponse(charge: Charge, response: IncomingMessage): Promise<ChargeOutcome> {
    const answer = { status: response.statusCode ?? 0, body: await readProviderBody(response) };
    this.log.log('The payment provider answered', logFields(charge, answer));
    return classifyAnswer(answer);
  }

  private onNoResponse(charge: Charge, outcome: ChargeOutcome): ChargeOutcome {
    this.log.warn('The payment provider gave no answer', logFields(charge, outcome));
    return outcome;
  }
}

function logFields({ placementId, amountCents, requestId }: Charge, fields: object): object {
  return { ...requestField(requestId), placement: placementId, amountCents, ...fields };
}

/** cockatiel types results as unknown. */
function isWithoutAnswer(result: unknown): boolean {
  return (
    typeof result === 'object' &&
    result !== null &&
    'kind' in result &&
    (result.kind === 'unsent' || result.kind === 'unknown')
  );
}

function classifyAnswer(answer: ProviderAnswer): ChargeOutcome {
  if (answer.status >= 200 && answer.status < 300) return { kind: 'approved', answer };
  const confirmed = answer.status < 500 && !UNCONFIRMED_STATUSES.includes(answer.status);
  return { kind: 'declined', answer, confirmed };
}

function classifyFailure(error: unknown): ChargeOutcome {
  const { reason, neverSent } = describeFailure(error);
  return { kind: neverSent ? 'unsent' : 'unknown', reason };
}
