import { Controller, Get, Header } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { ChargeLedger } from './charge-ledger.js';
import { RefundLedger } from './refund-ledger.js';

const COLUMNS = ['kind', 'key', 'value_cents', 'time', 'charge_key'];

/** The simulated provider's statement, for `npm run reconcile`. It begins when the sandbox was started. */
@Controller('statement.csv')
export class StatementController {
  constructor(
    private readonly charges: ChargeLedger,
    private readonly refunds: RefundLedger,
  ) {}

  @Get()
  @Header('Content-Type', 'text/csv; charset=utf-8')
  statement(): string {
    const charges = this.charges
      .entries()
      .filter(({ approved }) => approved)
      .map(({ key, amountCents, bookedAt }) => ({
        kind: 'charge',
        key,
        value_cents: amountCents,
        time: bookedAt,
      }));
    const refunds = this.refunds
      .entries()
      .filter(({ refusal }) => refusal === null)
      .map(({ key, charge, amountCents, bookedAt }) => ({
        kind: 'refund',
        key,
        value_cents: amountCents,
        time: bookedAt,
        charge_key: charge,
      }));
    return stringify(
      [...charges, ...refunds].sort((one, other) => one.time.localeCompare(other.time)),
      { header: true, columns: COLUMNS, record_delimiter: 'windows' },
    );
  }
}
