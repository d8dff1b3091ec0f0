import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../../../apps/api/orders/dto/order.dto.js';
import type { Person } from '../../support/person.js';

/** The client ignores later responses. */
const TIMEOUT_MS = 3_000;

export interface ClientResponse {
  status: number;
  text: string;
  code?: string;
  retryAfter: string | null;
  isReplay: boolean;
  /** When the request was sent and its response had arrived, in ms. */
  sentAt: number;
  receivedAt: number;
}

/** One intended order and all responses to it. Without a key it must be sent only once. */
export class Purchase {
  /** Stored in the order's metadata, so that its rows can be found. */
  readonly id = `purchase-${randomUUID()}`;
  /** Of the trace of all its requests, which reaches the provider with each charge. */
  readonly traceId = randomUUID().replaceAll('-', '');
  /** Has a fixed prefix that the log check looks for. */
  readonly key?: string;
  readonly responses: ClientResponse[] = [];
  /** The number of requests without a response. */
  lostResponses = 0;
  /** When the first request was sent, in ms. */
  startedAt?: number;

  private readonly body: string;
  private readonly timeoutMs: number;

  constructor(
    readonly customer: Person,
    order: object,
    { withKey, timeoutMs = TIMEOUT_MS }: { withKey: boolean; timeoutMs?: number },
  ) {
    this.timeoutMs = timeoutMs;
    if (withKey) this.key = `chaos-key-${randomUUID()}`;
    this.body = JSON.stringify({ ...order, metadata: { purchase: this.id } });
  }

  /** Whether the client knows the final result. */
  get isFinished(): boolean {
    return this.responses.some(({ status, code }) =>
      status === 409 ? code === 'total_mismatch' : status < 500,
    );
  }

  /** Whether the key must replay an order or a decline; a wrong total is refused before the charge. */
  get isReplayable(): boolean {
    return this.key !== undefined && this.responses.every(({ code }) => code !== 'total_mismatch');
  }

  /** The order in the first successful response. */
  get order(): Pick<OrderDto, 'id' | 'total_cents' | 'number'> | undefined {
    const placed = this.responses.find(({ status }) => status === 201 || status === 200);
    return placed && (JSON.parse(placed.text) as OrderDto);
  }

  async send(api: string): Promise<void> {
    const sentAt = Date.now();
    this.startedAt ??= sentAt;
    try {
      const response = await fetch(`${api}/api/v1/orders`, {
        method: 'POST',
        body: this.body,
        headers: {
          'Content-Type': 'application/json',
          Connection: 'close',
          traceparent: `00-${this.traceId}-${this.traceId.slice(0, 16)}-01`,
          Authorization: `Bearer ${this.customer.token ?? ''}`,
          ...(this.key !== undefined && { 'Idempotency-Key': this.key }),
        },
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      const text = await response.text();
      this.responses.push({
        status: response.status,
        text,
        code: codeIn(text),
        retryAfter: response.headers.get('retry-after'),
        isReplay: response.headers.has('idempotent-replayed'),
        sentAt,
        receivedAt: Date.now(),
      });
    } catch {
      this.lostResponses += 1;
    }
  }
}

/** Returns undefined also if the body is not JSON, such as that of a proxy. */
function codeIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { code?: string }).code;
  } catch {
    return undefined;
  }
}
