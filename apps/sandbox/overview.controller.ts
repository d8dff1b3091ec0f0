import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { ChargeLedger, type BookedCharge } from './charge-ledger.js';
import { NotificationLog, type ReceivedNotification } from './notification-log.js';
import { Outage } from './outage.js';
import { MAGIC_AMOUNTS } from './payment.controller.js';

export class OutageRequest {
  @IsInt()
  @Min(0)
  @Max(3600)
  seconds: number;
}

interface Overview {
  amounts: typeof MAGIC_AMOUNTS;
  outage: { isOn: boolean; begin: string };
  charges: readonly BookedCharge[];
  notifications: readonly ReceivedNotification[];
}

/** Shows the sandbox's behaviours and the requests it received, newest first. */
@Controller()
export class OverviewController {
  constructor(
    private readonly ledger: ChargeLedger,
    private readonly log: NotificationLog,
    private readonly outage: Outage,
  ) {}

  @Get()
  overview(): Overview {
    return {
      amounts: MAGIC_AMOUNTS,
      outage: { isOn: this.outage.isOn, begin: 'POST /outage {"seconds": 30}' },
      charges: this.ledger.entries(),
      notifications: this.log.entries(),
    };
  }

  @Post('outage')
  @HttpCode(204)
  beginOutage(@Body() { seconds }: OutageRequest): void {
    this.outage.begin(seconds);
  }
}
