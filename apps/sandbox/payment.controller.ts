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
const DECLINED_ENDINGS = [2, 5];

/** What the last two digits of an amount in cents bring about, as payment sandboxes do; any other amount is approved. */
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

/** The simulated payment provider. It honours Idempotency-Key: a repetition is answered at once as the first request was decided. */
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
    const charge = this.ledger.book(key, value, !DECLINED_ENDINGS.includes(value % 100));
    // A known key is answered for the amount it was booked with.
    const magic = charge.amountCents % 100;
    if (magic === 2) throw new HttpException({ status: 'declined', reason: 'insufficient funds' }, 402);
    if (magic === 5) throw new InternalServerErrorException('The sandbox was asked to fail');
    if (charge.requests === 1) {
      if (magic === 7) return dropConnection(socket);
      if (magic === 8) await delay(SLOW_MS);
      if (magic === 9) return new Promise(() => undefined);
    }
    return { id: charge.key, status: 'approved', value: charge.amountCents };
  }
}
