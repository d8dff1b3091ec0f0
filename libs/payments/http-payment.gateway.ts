import type { IncomingMessage } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { Config, Failpoint } from '#config';
import { CircuitBreaker, describeFailure, PostClient, readProviderBody } from '#http-client';
import { requestField } from '#logging';
import { isSettledWithin } from '#timing';
import { PaymentGateway, type Charge, type ChargeOutcome, type ProviderAnswer } from './payment.gateway.js';

/** This many charges in a row without an answer mean that the provider is down. */
const FAILURES_TO_OPEN = 5;
/** After a short failure the next order goes through within two seconds; in a long one a probe is sent every 30 seconds. */
const FIRST_PROBE_AFTER_MS = 1_000;
const MAX_PROBE_INTERVAL_MS = 30_000;
/** An answer that comes this long after the timeout still counts, although the client has its response already. */
const LATE_RESPONSE_WINDOW_MS = 20_000;
/** Statuses that report a temporary problem, not a decision about the charge. */
const UNCONFIRMED_STATUSES = [408, 409, 425, 429];
/** Statuses that report a wrong address or missing access. So do redirects, which are not followed. */
const MISCONFIGURED_STATUSES = [401, 403, 404, 405];

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
  private readonly breaker = new CircuitBreaker({
    failuresToOpen: FAILURES_TO_OPEN,
    initialDelayMs: FIRST_PROBE_AFTER_MS,
    maxDelayMs: MAX_PROBE_INTERVAL_MS,
    onOpen: (delayMs) =>
      this.log.error('The payment provider does not answer: no charges are sent for a while', { delayMs }),
    onClose: () => this.log.log('The payment provider answers again'),
  });

  constructor({ payment }: Config) {
    super();
    this.client = new PostClient({
      url: payment.url,
      keepAlive: payment.idempotency === 'supported',
      timeoutMs: payment.timeoutMs + LATE_RESPONSE_WINDOW_MS,
    });
    this.timeoutMs = payment.timeoutMs;
  }

  isAvailable(): boolean {
    return this.breaker.isAvailable;
  }

  @Failpoint('payment.charge')
  async charge(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome> {
    const outcome = await this.breaker.execute(() => this.send(charge, onLate), isWithoutAnswer);
    return outcome ?? { kind: 'unsent', reason: 'provider down' };
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
    const status = response.statusCode ?? 0;
    const { value: body, bytes: bodyBytes } = await readProviderBody(response);
    const fields = logFields(charge, { status, bodyBytes });
    if (isMisconfigured(status))
      this.log.error('The payment provider does not accept requests: check PAYMENT_SERVICE_URL', {
        ...fields,
        event: 'payment_misconfigured',
      });
    else this.log.log('The payment provider answered', fields);
    return classifyAnswer({ status, body });
  }

  private onNoResponse(charge: Charge, outcome: ChargeOutcome): ChargeOutcome {
    this.log.warn('The payment provider gave no answer', logFields(charge, outcome));
    return outcome;
  }
}

function logFields({ placementId, amountCents, requestId }: Charge, fields: object): object {
  return { ...requestField(requestId), placement: placementId, amountCents, ...fields };
}

function isWithoutAnswer({ kind }: ChargeOutcome): boolean {
  return kind === 'unsent' || kind === 'unknown';
}

/** Returns whether a status reports our configuration, not a decision about the charge. */
function isMisconfigured(status: number): boolean {
  return MISCONFIGURED_STATUSES.includes(status) || (status >= 300 && status < 400);
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
