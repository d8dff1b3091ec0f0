import { randomUUID } from 'node:crypto';

export interface SandboxCharge {
  key: string;
  amountCents: number;
}

export interface SandboxRefund extends SandboxCharge {
  charge: string;
}

export interface SandboxOverview {
  amounts: Record<string, string>;
  refundAmounts: Record<string, string>;
  outage: { isOn: boolean };
  charges: SandboxCharge[];
  refunds: SandboxRefund[];
  notifications: { orderId: string }[];
}

/** Sends requests to a running sandbox, each on its own connection: an idle one may be closed when the machine is slow. */
export class SandboxClient {
  constructor(private readonly url: string) {}

  /** Rejects after 5 s without a response. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Connection: 'close', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
  }

  charge(cents: number, key: string = randomUUID()): Promise<Response> {
    return this.post('/payment', { value: cents }, { 'Idempotency-Key': key });
  }

  /** Refunds a part of a charge, which its key names. */
  refund(cents: number, charge: string, key: string = randomUUID()): Promise<Response> {
    return this.post('/refund', { value: cents, charge }, { 'Idempotency-Key': key });
  }

  async overview(): Promise<SandboxOverview> {
    return (await (await fetch(this.url)).json()) as SandboxOverview;
  }

  async findCharge(key: string): Promise<SandboxCharge | undefined> {
    const { charges } = await this.overview();
    return charges.find((charge) => charge.key === key);
  }

  async findRefund(key: string): Promise<SandboxRefund | undefined> {
    const { refunds } = await this.overview();
    return refunds.find((refund) => refund.key === key);
  }
}
