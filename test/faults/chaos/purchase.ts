import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../../../apps/api/orders/dto/order.dto.js';
import type { Person } from '../../support/person.js';

/** The client ignores later responses. */
const CLIENT_TIMEOUT_MS = 3_000;

export interface ClientResponse {
  status: number;
  text: string;
  code?: string;
  retryAfter: string | null;
  isReplay: boolean;
}

/** One intended order and all responses to it. Without a key it must be sent only once. */
export class Purchase {
  /** Stored in the order's metadata, so that its rows can be found. */
  readonly id = `purchase-${randomUUID()}`;
  /** Has a fixed prefix that the log check looks for. */
  readonly key?: string;
  readonly responses: ClientResponse[] = [];
  /** The number of requests without a response. */
  lostResponses = 0;

  private readonly body: string;

  constructor(
    readonly customer: Person,
    order: object,
    { withKey }: { withKey: boolean },
  ) {
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
    try {
      const response = await fetch(`${api}/api/v1/orders`, {
        method: 'POST',
        body: this.body,
        headers: {
          'Content-Type': 'application/json',
          Connection: 'close',
          Authorization: `Bearer ${this.customer.token ?? ''}`,
          ...(this.key !== undefined && { 'Idempotency-Key': this.key }),
        },
        signal: AbortSignal.timeout(CLIENT_TIMEOUT_MS),
      });
      const text = await response.text();
      this.responses.push({
        status: response.status,
        text,
        code: (JSON.parse(text) as { code?: string }).code,
        retryAfter: response.headers.get('retry-after'),
        isReplay: response.headers.has('idempotent-replayed'),
      });
    } catch {
      this.lostResponses += 1;
    }
  }
}
