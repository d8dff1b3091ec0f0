import {
  Body,
  Controller,
  Headers,
  HttpCode,
  HttpException,
  InternalServerErrorException,
  Post,
  Req,
} from '@nestjs/common';
import { IsInt, IsString, Min } from 'class-validator';
import type { Request } from 'express';
import { dropConnection, Outage } from './outage.js';
import { RefundLedger } from './refund-ledger.js';

/** The behaviour for the last two digits of a refund in cents. All other amounts are given back, up to the charge. */
export const MAGIC_REFUNDS = {
  '…02': 'rejected with 422',
  '…05': 'answered with 500, not refunded',
  '…07': 'refunded, but the connection breaks before the answer',
  '…09': 'refunded, but never answered',
} as const;

/** Why a refund is rejected, by the last two digits of its amount. */
const REFUSALS: Record<number, string | undefined> = {
  2: 'the card was closed',
  5: 'The sandbox was asked to fail',
};

export class RefundRequest {
  @IsInt()
  @Min(1)
  value: number;

  /** The Idempotency-Key of the charge. */
  @IsString()
  charge: string;
}

/** The simulated payment provider's refunds. It honours Idempotency-Key: a retry gets the first request's result at once. */
@Controller('refund')
export class RefundController {
  constructor(
    private readonly ledger: RefundLedger,
    private readonly outage: Outage,
  ) {}

  @Post()
  @HttpCode(200)
  async refund(
    @Body() request: RefundRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Req() { socket }: Request,
  ): Promise<object> {
    if (this.outage.isOn) return dropConnection(socket);
    const refund = this.ledger.refund(key, request, REFUSALS[request.value % 100] ?? null);
    // A retry may send another amount: the first one counts.
    const ending = refund.amountCents % 100;
    if (refund.refusal !== null) {
      if (ending === 5) throw new InternalServerErrorException(refund.refusal);
      throw new HttpException({ status: 'rejected', reason: refund.refusal }, 422);
    }
    if (refund.requests === 1) {
      if (ending === 7) return dropConnection(socket);
      if (ending === 9) return new Promise(() => undefined);
    }
    return { id: refund.key, status: 'refunded', value: refund.amountCents };
  }
}
