import { randomUUID } from 'node:crypto';
import type { Person } from '../../support/person.js';

/** An impatient client waits no longer, in ms; what comes later is lost to it. */
const CLIENT_TIMEOUT_MS = 3_000;

/** An answer as the client got it. */
export interface ClientResponse {
  status: number;
  text: string;
  code?: string;
  retryAfter: string | null;
  isReplay: boolean;
}

/** What a customer wants once, and every answer they got to it; one without a key is asked for only once. */
export class Purchase {
  /** Written into the order, so that the tables tell which purchase it came from. */
  readonly mark = `purchase-${randomUUID()}`;
  /** Recognisable, so that it can be looked for in the logs. */
  readonly key?: string;
  readonly responses: ClientResponse[] = [];
  /** Requests that got no answer: nobody can know whether they were served. */
  lostResponses = 0;

  private readonly body: string;

  constructor(
    readonly customer: Person,
    order: object,
    { withKey }: { withKey: boolean },
  ) {
    if (withKey) this.key = `chaos-key-${randomUUID()}`;
    this.body = JSON.stringify({ ...order, metadata: { purchase: this.mark } });
  }

  /** Whether the client has what it wanted, or knows that it won't get it. */
  get isFinished(): boolean {
    return this.responses.some(({ status, code }) =>
      status === 409 ? code === 'total_mismatch' : status < 500,
    );
  }

  /** Whether its key leads to an order or a decline for ever: not where the order was refused before anything was charged. */
  get isReplayable(): boolean {
    return this.key !== undefined && this.responses.every(({ code }) => code !== 'total_mismatch');
  }

  /** The order as it was acknowledged. */
  get order(): { id: string; total_cents: number } | undefined {
    const placed = this.responses.find(({ status }) => status === 201 || status === 200);
    return placed && (JSON.parse(placed.text) as { id: string; total_cents: number });
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
