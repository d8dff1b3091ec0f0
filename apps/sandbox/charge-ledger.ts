import { Injectable } from '@nestjs/common';
import { Ledger } from './ledger.js';

/** A charge in the simulated provider's ledger. */
export interface Charge {
  amountCents: number;
  approved: boolean;
  /** How much of it was given back. */
  refundedCents: number;
}

@Injectable()
export class ChargeLedger extends Ledger<Charge> {}
