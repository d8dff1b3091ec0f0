import type { Readable } from 'node:stream';
import { HttpService } from '@nestjs/axios';
import { Injectable, Logger } from '@nestjs/common';
import { isAxiosError, type AxiosResponse } from 'axios';
import {
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
  wrap,
} from 'cockatiel';
import { Config, Failpoint, readProviderBody } from '#platform';
import { PaymentGateway, type Charge, type ChargeOutcome, type ProviderAnswer } from './payment.gateway.js';

/** More would only wait at the provider; the rest is told at once to come back. */
const MAX_CHARGES_AT_ONCE = 50;
/** So many charges in a row without any answer mean that the provider is down. */
const FAILURES_TO_OPEN = 5;
const OPEN_FOR_MS = 10_000;
/** An answer that comes so much after the time-out is still heard, though nobody waits for it any more. */
const LATE_MS = 20_000;

/** Errors of name look-up and of TLS: the request itself was never written. */
const UNSENT_CODES =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_TLS_|CERT_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** Statuses with which a provider says that something was wrong with itself or the moment, not with the charge. */
const UNCONFIRMED_STATUSES = [408, 409, 425, 429];

/**
 * The provider behind PAYMENT_SERVICE_URL: `POST {"value": cents}` with an Idempotency-Key. The status line decides: 2xx is approved,
 * anything else declined. Each charge opens a connection of its own: refused, it is provably unsent, while a reset on a reused one
 * could mean either.
 */
@Injectable()
export class HttpPaymentGateway extends PaymentGateway {
  private readonly log = new Logger(HttpPaymentGateway.name);
  private readonly bulkhead = bulkhead(MAX_CHARGES_AT_ONCE);
  private readonly breaker = circuitBreaker(
    handleWhenResult((result) => isUnanswered(result)),
    { halfOpenAfter: OPEN_FOR_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  private readonly policy = wrap(this.bulkhead, this.breaker);
  /** When the breaker lets a trial through, in ms since the epoch. */
  private trialFrom = 0;

  constructor(
    private readonly http: HttpService,
    private readonly config: Config,
  ) {
    super();
    this.breaker.onBreak(() => {
      this.trialFrom = Date.now() + OPEN_FOR_MS;
      this.log.error('The payment provider does not answer: no charges are sent for a while');
    });
    this.breaker.onReset(() => this.log.log('The payment provider answers again'));
  }

  isAvailable(): boolean {
    return this.bulkhead.executionSlots > 0 && Date.now() >= this.trialFrom;
  }

  @Failpoint('payment.charge')
  async charge(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome> {
    try {
      return await this.policy.execute(() => this.send(charge, onLate));
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError) && !isBrokenCircuitError(error)) throw error;
      return { kind: 'unsent', reason: error.message };
    }
  }

  private async send(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome> {
    const giveUp = new AbortController();
    const asking = this.http.axiosRef.post<Readable>(
      this.config.payment.url,
      { value: charge.amountCents },
      { headers: { 'Idempotency-Key': charge.placementId }, signal: giveUp.signal },
    );
    const outcome = asking.then(
      (response) => this.answered(charge, response),
      (error: unknown) => this.noAnswer(charge, classifyFailure(error)),
    );
    if (await settlesWithin(this.config.payment.timeoutMs, asking)) return outcome;
    setTimeout(() => giveUp.abort(), LATE_MS).unref();
    void outcome.then(onLate);
    return this.noAnswer(charge, { kind: 'unknown', reason: 'timeout' });
  }

  private async answered(charge: Charge, { status, data }: AxiosResponse<Readable>): Promise<ChargeOutcome> {
    const answer = { status, body: await readProviderBody(data) };
    this.log.log('The payment provider answered', factsOf(charge, answer));
    return classify(answer);
  }

  private noAnswer(charge: Charge, outcome: ChargeOutcome): ChargeOutcome {
    this.log.warn('The payment provider gave no answer', factsOf(charge, outcome));
    return outcome;
  }
}

function factsOf({ placementId, amountCents }: Charge, facts: object): object {
  return { placement: placementId, amountCents, ...facts };
}

/** Whether it has been fulfilled or rejected after so many ms. */
function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

function isUnanswered(result: unknown): boolean {
  return (
    typeof result === 'object' &&
    result !== null &&
    'kind' in result &&
    (result.kind === 'unsent' || result.kind === 'unknown')
  );
}

function classify(answer: ProviderAnswer): ChargeOutcome {
  if (answer.status >= 200 && answer.status < 300) return { kind: 'approved', answer };
  return {
    kind: 'declined',
    answer,
    confirmed: answer.status < 500 && !UNCONFIRMED_STATUSES.includes(answer.status),
  };
}

function classifyFailure(error: unknown): ChargeOutcome {
  if (!isAxiosError(error)) return { kind: 'unknown', reason: 'unexpected' };
  if (error.code === 'ERR_CANCELED') return { kind: 'unknown', reason: 'timeout' };
  const reason = error.code ?? error.message;
  const neverConnected =
    error.cause !== undefined && 'syscall' in error.cause && error.cause.syscall === 'connect';
  return { kind: neverConnected || UNSENT_CODES.test(reason) ? 'unsent' : 'unknown', reason };
}
