import { setTimeout as delay } from 'node:timers/promises';
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
import { IsInt } from 'class-validator';
import type { Request } from 'express';
import { ChargeLedger } from './charge-ledger.js';
import { dropConnection, Outage } from './outage.js';

const SLOW_MS = 3_000;
/** Last two digits of amounts that are not charged. */
const UNCHARGED_ENDINGS = [2, 5];

/** The behaviour for the last two digits of an amount in cents. All other amounts are approved. */
export const MAGIC_AMOUNTS = {
  '…02': 'declined with 402',
  '…05': 'answered with 500, not charged',
  '…07': 'charged, but the connection breaks before the answer',
  '…08': `approved after ${SLOW_MS / 1000} seconds`,
  '…09': 'charged, but never answered',
} as const;

export class PaymentRequest {
  @IsInt()
  value: number;
}

/** The simulated payment provider. It honours Idempotency-Key: a retry gets the first request's result at once. */
@Controller('payment')
export class PaymentController {
  constructor(
    private readonly ledger: ChargeLedger,
    private readonly outage: Outage,
  ) {}

  @Post()
  @HttpCode(200)
  async charge(
    @Body() { value }: PaymentRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Req() { socket }: Request,
  ): Promise<object> {
    if (this.outage.isOn) return dropConnection(socket);
    const charge = this.ledger.book(key, () => ({
      amountCents: value,
      approved: !UNCHARGED_ENDINGS.includes(value % 100),
      refundedCents: 0,
    }));
    // A retry may send another amount: the first one counts.
    const ending = charge.amountCents % 100;
    if (ending === 2) throw new HttpException({ status: 'declined', reason: 'insufficient funds' }, 402);
    if (ending === 5) throw new InternalServerErrorException('The sandbox was asked to fail');
    if (charge.requests === 1) {
      if (ending === 7) return dropConnection(socket);
      if (ending === 8) await delay(SLOW_MS);
      if (ending === 9) return new Promise(() => undefined);
    }
    return { id: charge.key, status: 'approved', value: charge.amountCents };
  }
}
