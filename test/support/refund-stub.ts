import {
  ProviderStub,
  recordAndHang,
  recordAndReset,
  respondWith,
  startServer,
  type ProviderBehaviour,
} from './provider-stub.js';
import type { Row } from './statement.js';

export { hang, reset } from './provider-stub.js';
export type RefundBehaviour = ProviderBehaviour;

export const refund: RefundBehaviour = (exchange) => {
  exchange.record();
  respondWith(200, '{"status":"refunded"}')(exchange);
};

export function reject(status = 422, body = '{"status":"rejected"}'): RefundBehaviour {
  return respondWith(status, body);
}

export const refundAndHang = recordAndHang;
export const refundAndReset = recordAndReset;

/** A refund in the provider's ledger. */
export interface RecordedRefund {
  key: string;
  /** The key of the charge. */
  charge: string;
  amountCents: number;
}

interface RefundBody {
  value: number;
  charge: string;
}

/** The refunds of a payment provider, with a ledger and configurable behaviour. */
export class RefundStub extends ProviderStub<RefundBody, RecordedRefund> {
  readonly refunds = this.ledger;

  static async start(port = 0): Promise<RefundStub> {
    return new RefundStub(await startServer(port), '/refund', refund);
  }

  protected parse(text: string): RefundBody {
    return JSON.parse(text) as RefundBody;
  }

  protected entryFor(key: string, { charge, value }: RefundBody): RecordedRefund {
    return { key, charge, amountCents: value };
  }

  protected row({ key, charge, amountCents }: RecordedRefund): Omit<Row, 'time'> {
    return { kind: 'refund', key, valueCents: amountCents, chargeKey: charge };
  }
}
