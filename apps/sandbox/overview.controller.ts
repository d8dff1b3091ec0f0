import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { ChargeLedger, type Charge } from './charge-ledger.js';
import type { Booked } from './ledger.js';
import { NotificationLog, type ReceivedNotification } from './notification-log.js';
import { Outage } from './outage.js';
import { MAGIC_AMOUNTS } from './payment.controller.js';
import { RefundLedger, type Refund } from './refund-ledger.js';
import { MAGIC_REFUNDS } from './refund.controller.js';

export class OutageRequest {
  @IsInt()
  @Min(0)
  @Max(3600)
  seconds: number;
}

interface Overview {
  amounts: typeof MAGIC_AMOUNTS;
  refundAmounts: typeof MAGIC_REFUNDS;
  outage: { isOn: boolean; begin: string };
  charges: readonly Booked<Charge>[];
  refunds: readonly Booked<Refund>[];
  notifications: readonly ReceivedNotification[];
}

/** Shows the sandbox's behaviours and the requests it received, newest first. */
@Controller()
export class OverviewController {
  constructor(
    private readonly charges: ChargeLedger,
    private readonly refunds: RefundLedger,
    private readonly log: NotificationLog,
    private readonly outage: Outage,
  ) {}

  @Get()
  overview(): Overview {
    return {
      amounts: MAGIC_AMOUNTS,
      refundAmounts: MAGIC_REFUNDS,
      outage: { isOn: this.outage.isOn, begin: 'POST /outage {"seconds": 30}' },
      charges: this.charges.entries(),
      refunds: this.refunds.entries(),
      notifications: this.log.entries(),
    };
  }

  @Post('outage')
  @HttpCode(204)
  beginOutage(@Body() { seconds }: OutageRequest): void {
    this.outage.begin(seconds);
  }
}
