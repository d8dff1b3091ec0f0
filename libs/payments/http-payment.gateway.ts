import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { isNativeError } from 'node:util/types';
import { Injectable, Logger } from '@nestjs/common';
import { circuitBreaker, ConsecutiveBreaker, handleWhenResult, isBrokenCircuitError } from 'cockatiel';
import { Config, Failpoint } from '#config';
import { readProviderBody, settlesWithin } from '#http-client';
import { PaymentGateway, type Charge, type ChargeOutcome, type ProviderAnswer } from './payment.gateway.js';

/** So many charges in a row without any answer mean that the provider is down. */
const FAILURES_TO_OPEN = 5;
const OPEN_FOR_MS = 10_000;
/** An answer that comes so much after the time-out is still heard, though nobody waits for it any more. */
const LATE_MS = 20_000;
/** Well before any provider closes a connection for being idle. */
const FRESH_MS = 1_000;

/** Errors of name look-up and of TLS: the request itself was never written. */
const UNSENT_CODES =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_TLS_|CERT_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** Statuses with which a provider says that something was wrong with itself or the moment, not with the charge. */
const UNCONFIRMED_STATUSES = [408, 409, 425, 429];

/**
 * The provider behind PAYMENT_SERVICE_URL: `POST {"value": cents}` with an Idempotency-Key. The status line decides: 2xx is approved,
 * anything else declined. Written on Node's own client, which alone tells how far a request got, and costs a third of what wraps it.
 *
 * Where the provider is known to honour keys, a connection is used again while it is fresh: a busy shop saves the handshake, and should the
 * provider close one in the same moment, the charge is sent again with its key. Where it is not known, each charge opens a connection
 * of its own: refused, it is provably unsent, while a reset on a used one could mean either.
 */
@Injectable()
export class HttpPaymentGateway extends PaymentGateway {
  private readonly log = new Logger(HttpPaymentGateway.name);
  private readonly breaker = circuitBreaker(
    handleWhenResult((result) => isUnanswered(result)),
    { halfOpenAfter: OPEN_FOR_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  /** When the breaker lets a trial through, in ms since the epoch. */
  private trialFrom = 0;
  private readonly open: (onAnswer: (answer: IncomingMessage) => void) => ClientRequest;

  constructor(private readonly config: Config) {
    super();
    this.open = opener(config.payment.url, config.payment.idempotency === 'supported');
    this.breaker.onBreak(() => {
      this.trialFrom = Date.now() + OPEN_FOR_MS;
      this.log.error('The payment provider does not answer: no charges are sent for a while');
    });
    this.breaker.onReset(() => this.log.log('The payment provider answers again'));
  }

  isAvailable(): boolean {
    return Date.now() >= this.trialFrom;
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
    const asking = this.ask(charge);
    const outcome = asking.then(
      (answer) => this.answered(charge, answer),
      (error: unknown) => this.noAnswer(charge, classifyFailure(error)),
    );
    if (await settlesWithin(this.config.payment.timeoutMs, asking)) return outcome;
    void outcome.then(onLate);
    return this.noAnswer(charge, { kind: 'unknown', reason: 'timeout' });
  }

  /** Resolves with the answer's head. */
  private ask(charge: Charge): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.open(resolve).once('error', reject);
      request.setTimeout(this.config.payment.timeoutMs + LATE_MS, () =>
        request.destroy(new Error('No answer after the time-out either')),
      );
      request.setHeader('Idempotency-Key', charge.placementId);
      request.end(JSON.stringify({ value: charge.amountCents }));
    });
  }

  private async answered(charge: Charge, response: IncomingMessage): Promise<ChargeOutcome> {
    const answer = { status: response.statusCode ?? 0, body: await readProviderBody(response) };
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

/** Only a connection that was never made proves that nothing was sent. */
function classifyFailure(error: unknown): ChargeOutcome {
  if (!isNativeError(error)) return { kind: 'unknown', reason: 'unexpected' };
  const reason = 'code' in error ? String(error.code) : error.message;
  const neverConnected = 'syscall' in error && error.syscall === 'connect';
  return { kind: neverConnected || UNSENT_CODES.test(reason) ? 'unsent' : 'unknown', reason };
}

/** Opens requests to the provider's URL, where asked on connections that were used a moment ago. */
function opener(
  url: string,
  keepAlive: boolean,
): (onAnswer: (answer: IncomingMessage) => void) => ClientRequest {
  const isHttps = url.startsWith('https:');
  const agent = isHttps ? new HttpsAgent({ keepAlive }) : new HttpAgent({ keepAlive });
  agent.on('free', (socket: Socket) => socket.setTimeout(FRESH_MS));
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const options = { ...urlToHttpOptions(new URL(url)), method: 'POST', headers, agent };
  return (onAnswer) => (isHttps ? requestHttps : requestHttp)(options, onAnswer);
}
