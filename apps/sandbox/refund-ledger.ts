import { Injectable } from '@nestjs/common';
import { ChargeLedger } from './charge-ledger.js';
import { Ledger, type Booked } from './ledger.js';

/** A refund in the simulated provider's ledger. */
export interface Refund {
  /** The key of the charge. */
  charge: string;
  amountCents: number;
  /** Why nothing was given back. Null if the money was. */
  refusal: string | null;
}

@Injectable()
export class RefundLedger extends Ledger<Refund> {
  constructor(private readonly charges: ChargeLedger) {
    super();
  }

  /**
   * Books a refund or returns the one with the same key. The refunds of a known charge never exceed it.
   * @param refusal why the refund is rejected in any case; null if it is not
   */
  refund(
    key: string | undefined,
    { charge, value: amountCents }: { charge: string; value: number },
    refusal: string | null,
  ): Booked<Refund> {
    return this.book(key, () => ({
      charge,
      amountCents,
      refusal: refusal ?? this.giveBack(charge, amountCents),
    }));
  }

  /** Returns why it was not possible, or null. */
  private giveBack(key: string, amountCents: number): string | null {
    const charge = this.charges.find(key);
    // The ledger is empty after a restart, but the shop still has its orders.
    if (!charge) return null;
    if (!charge.approved) return 'nothing was charged';
    if (charge.refundedCents + amountCents > charge.amountCents) return 'more than was charged';
    charge.refundedCents += amountCents;
    return null;
  }
}
