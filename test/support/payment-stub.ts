import {
  ProviderStub,
  recordAndHang,
  recordAndReset,
  recordThen,
  respondWith,
  startServer,
  type ProviderBehaviour,
} from './provider-stub.js';
import type { Row } from './statement.js';

export { hang, reset } from './provider-stub.js';
export type PaymentBehaviour = ProviderBehaviour;

export const approve: PaymentBehaviour = (exchange) => {
  exchange.record();
  respondWith(200, '{"status":"approved"}')(exchange);
};

export function decline(status = 402, body = '{"status":"declined"}'): PaymentBehaviour {
  return respondWith(status, body);
}

/** Takes the money and sends any body. */
export function approveWith(body: string | Buffer, status = 200): PaymentBehaviour {
  return recordThen(({ response }) => response.writeHead(status).end(body));
}

/** Takes the money and calls the function instead of responding. */
export const chargeThen = recordThen;
export const chargeAndHang = recordAndHang;
export const chargeAndReset = recordAndReset;

/** A charge in the provider's ledger. */
export interface RecordedCharge {
  key: string;
  amountCents: number;
}

/** A payment provider with a ledger and configurable behaviour. */
export class PaymentStub extends ProviderStub<string, RecordedCharge> {
  readonly charges = this.ledger;

  static async start(port = 0): Promise<PaymentStub> {
    return new PaymentStub(await startServer(port), '/payment', approve);
  }

  protected parse(text: string): string {
    return text;
  }

  protected entryFor(key: string, text: string): RecordedCharge {
    const { value } = JSON.parse(text) as { value: number };
    return { key, amountCents: value };
  }

  protected row({ key, amountCents }: RecordedCharge): Omit<Row, 'time'> {
    return { kind: 'charge', key, valueCents: amountCents, chargeKey: null };
  }
}
