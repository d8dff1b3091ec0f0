import { randomUUID } from 'node:crypto';
import type { Person } from '../../support/person.js';
import type { ManagedProcess } from './managed-process.js';
import type { SeededRandom } from './seeded-random.js';

const CLIENT_TIMEOUT_MS = 3_000;
const MAX_TRIES = 4;
/** Refusals that are correct for an order in another status, or without enough left of its payment. */
const CORRECT_REFUSALS = ['order_in_preparation', 'order_delivered', 'refund_exceeds_payment'];

interface ApiResponse {
  status: number;
  text: string;
  retryAfter: boolean;
}

/** Customers and managers who cancel orders, and managers who refund parts of them. */
export class SimulatedReturns {
  /** The orders whose cancellation was acknowledged. */
  readonly cancelledOrders = new Set<string>();
  /** The order of each refund that was acknowledged. */
  readonly acknowledgedRefunds = new Map<string, string>();
  private findings: string[] = [];
  private newestOrder: string | undefined;

  constructor(
    private readonly random: SeededRandom,
    private readonly apis: readonly Pick<ManagedProcess, 'url'>[],
    private readonly manager: Person,
  ) {}

  /** Cancels or partly refunds an order, or leaves it. */
  async giveBack(orderId: string, customer: Person): Promise<void> {
    this.newestOrder = orderId;
    if (this.random.chance(30)) await this.refund(orderId);
    if (this.random.chance(40)) await this.cancel(orderId, this.random.pick([customer, this.manager]));
  }

  /** Refunds and cancels the newest order, if there is one. */
  async giveBackMore(): Promise<void> {
    if (this.newestOrder === undefined) return;
    await this.refund(this.newestOrder);
    await this.cancel(this.newestOrder, this.manager);
  }

  /** Returns the violations since the last call. */
  takeFindings(): string[] {
    const findings = this.findings;
    this.findings = [];
    return findings;
  }

  private async cancel(orderId: string, person: Person): Promise<void> {
    const responses = await this.sendUntilFinal(person, `/api/v1/orders/${orderId}/cancel`, {});
    if (responses.some(({ status }) => status === 200)) this.cancelledOrders.add(orderId);
  }

  /** Repeats a refund with one key. All its successful responses must be equal. */
  private async refund(orderId: string): Promise<void> {
    const body = { amount_cents: this.random.between(1, 300), reason: 'quality' };
    const key = `chaos-key-${randomUUID()}`;
    const responses = await this.sendUntilFinal(this.manager, `/api/v1/orders/${orderId}/refunds`, body, key);
    const refunds = responses.filter(({ status }) => status === 201 || status === 200);
    if (new Set(refunds.map(({ text }) => text)).size > 1)
      this.findings.push(`I5 the refund with ${key} got two different responses`);
    for (const { text } of refunds) this.acknowledgedRefunds.set(String(JSON.parse(text).id), orderId);
  }

  private async sendUntilFinal(
    person: Person,
    path: string,
    body: object,
    key?: string,
  ): Promise<ApiResponse[]> {
    const responses: ApiResponse[] = [];
    for (let tries = 0; tries < MAX_TRIES && !responses.some(({ status }) => status < 500); tries += 1) {
      const sends = Array.from({ length: this.random.chance(25) ? 2 : 1 }, () =>
        this.send(person, path, body, key),
      );
      for (const response of await Promise.all(sends)) if (response) responses.push(response);
    }
    for (const { status, text, retryAfter } of responses) {
      const isCorrect =
        status === 200 ||
        status === 201 ||
        (status === 503 && retryAfter) ||
        (status === 409 && CORRECT_REFUSALS.includes(String(JSON.parse(text).code)));
      if (!isCorrect) this.findings.push(`I11 ${path} responded with ${status}: ${text}`);
    }
    return responses;
  }

  private async send(
    person: Person,
    path: string,
    body: object,
    key?: string,
  ): Promise<ApiResponse | undefined> {
    const request = person.at(this.random.pick(this.apis).url).post(path, body).timeout(CLIENT_TIMEOUT_MS);
    const response = await (key === undefined ? request : request.set('Idempotency-Key', key)).catch(
      () => undefined,
    );
    return (
      response && {
        status: response.status,
        text: response.text,
        retryAfter: 'retry-after' in response.headers,
      }
    );
  }
}
