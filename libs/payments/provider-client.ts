import type { IncomingMessage } from 'node:http';
import type { Logger } from '@nestjs/common';
import type { ProviderIdempotency } from '#config';
import { CircuitBreaker, describeFailure, PostClient, readProviderBody } from '#http-client';
import { isSettledWithin } from '#timing';
import { isMisconfigured, type ProviderAnswer } from './provider-answer.js';

/** This many requests in a row without an answer mean that the provider is down. */
const FAILURES_TO_OPEN = 5;
/** After a short failure the next request goes through within two seconds; in a long one a probe is sent every 30 seconds. */
const FIRST_PROBE_AFTER_MS = 1_000;
const MAX_PROBE_INTERVAL_MS = 30_000;
/** An answer that comes this long after the timeout still counts, although the caller has its result already. */
const LATE_RESPONSE_WINDOW_MS = 20_000;

export interface ProviderClientOptions {
  url: string;
  /** Time after which a request counts as not answered, in ms. */
  timeoutMs: number;
  idempotency: ProviderIdempotency;
  log: Logger;
  /** The words of the log lines: the provider, what is sent to it, and the variable with its URL. */
  name: 'payment' | 'refund';
  requests: 'charges' | 'refunds';
  urlVariable: 'PAYMENT_SERVICE_URL' | 'PAYMENT_REFUND_URL';
  /** Called for each answer that means a wrong URL or missing access. */
  onMisconfigured: () => void;
  /** Called with what came, until the timeout, of each request that the breaker let through. */
  onReply: (reply: ProviderReply, durationMs: number) => void;
}

export interface ProviderRequest {
  /** The Idempotency-Key. */
  key: string;
  body: object;
  /** The trace of the request that caused this one. */
  traceparent: string | null;
  /** The fields of every log line about this request. */
  logFields: object;
}

/** What came of a request: an answer, or the reason why none came. `unsent`: the request never left this process. */
export type ProviderReply =
  | { kind: 'answered'; answer: ProviderAnswer }
  | { kind: 'unsent'; reason: string }
  | { kind: 'unknown'; reason: string };

/**
 * Sends JSON with an Idempotency-Key to one URL of the payment provider, and stops for a while if the provider does not answer.
 * Reuses fresh connections only if the provider honours keys. Otherwise each request opens its own connection, because a refused new
 * connection proves that nothing was sent, while a reset on a used one proves nothing.
 */
export class ProviderClient {
  private readonly client: PostClient;
  private readonly breaker: CircuitBreaker;

  constructor(private readonly options: ProviderClientOptions) {
    const { url, timeoutMs, idempotency, log, name, requests } = options;
    this.client = new PostClient({
      url,
      keepAlive: idempotency === 'supported',
      timeoutMs: timeoutMs + LATE_RESPONSE_WINDOW_MS,
    });
    this.breaker = new CircuitBreaker({
      failuresToOpen: FAILURES_TO_OPEN,
      initialDelayMs: FIRST_PROBE_AFTER_MS,
      maxDelayMs: MAX_PROBE_INTERVAL_MS,
      onOpen: (delayMs) =>
        log.error(`The ${name} provider does not answer: no ${requests} are sent for a while`, { delayMs }),
      onClose: () => log.log(`The ${name} provider answers again`),
    });
  }

  /** Returns whether a request would be sent now. */
  get isAvailable(): boolean {
    return this.breaker.isAvailable;
  }

  /** Returns whether the last requests had no answer. Only another request can show that the provider is back. */
  get isDown(): boolean {
    return this.breaker.isOpen;
  }

  /**
   * Sends one request. Never throws.
   * @param onLate called once if something comes after this method returned `unknown` because of the timeout
   */
  async post(request: ProviderRequest, onLate: (reply: ProviderReply) => void): Promise<ProviderReply> {
    const reply = await this.breaker.execute(
      () => this.measure(this.send(request, onLate)),
      ({ kind }) => kind !== 'answered',
    );
    return reply ?? { kind: 'unsent', reason: 'provider down' };
  }

  private async measure(sending: Promise<ProviderReply>): Promise<ProviderReply> {
    const startedAt = performance.now();
    const reply = await sending;
    this.options.onReply(reply, performance.now() - startedAt);
    return reply;
  }

  private async send(
    request: ProviderRequest,
    onLate: (reply: ProviderReply) => void,
  ): Promise<ProviderReply> {
    const response = this.client.post(request.body, { 'Idempotency-Key': request.key }, request.traceparent);
    const reply = response.then(
      (answer) => this.onResponse(request, answer),
      (error: unknown) => this.onFailure(request, error),
    );
    if (await isSettledWithin(this.options.timeoutMs, response)) return reply;
    void reply.then(onLate);
    return this.onNoResponse(request, { kind: 'unknown', reason: 'timeout' });
  }

  private async onResponse(
    { logFields }: ProviderRequest,
    response: IncomingMessage,
  ): Promise<ProviderReply> {
    const { log, name, urlVariable } = this.options;
    const status = response.statusCode ?? 0;
    const { value: body, bytes: bodyBytes } = await readProviderBody(response);
    const fields = { ...logFields, status, bodyBytes };
    if (isMisconfigured(status)) {
      this.options.onMisconfigured();
      log.error(`The ${name} provider does not accept requests: check ${urlVariable}`, {
        ...fields,
        event: `${name}_misconfigured`,
      });
    } else log.log(`The ${name} provider answered`, fields);
    return { kind: 'answered', answer: { status, body } };
  }

  private onFailure(request: ProviderRequest, error: unknown): ProviderReply {
    const { reason, neverSent } = describeFailure(error);
    return this.onNoResponse(request, { kind: neverSent ? 'unsent' : 'unknown', reason });
  }

  private onNoResponse({ logFields }: ProviderRequest, reply: ProviderReply): ProviderReply {
    this.options.log.warn(`The ${this.options.name} provider gave no answer`, { ...logFields, ...reply });
    return reply;
  }
}
