import { Module, ValidationPipe } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { ChargeLedger } from './charge-ledger.js';
import { NotificationLog } from './notification-log.js';
import { NotificationController } from './notification.controller.js';
import { Outage } from './outage.js';
import { OverviewController } from './overview.controller.js';
import { PaymentController } from './payment.controller.js';
import { RefundLedger } from './refund-ledger.js';
import { RefundController } from './refund.controller.js';
import { StatementController } from './statement.controller.js';

/** Simulates both providers for development. */
@Module({
  controllers: [
    PaymentController,
    RefundController,
    NotificationController,
    OverviewController,
    StatementController,
  ],
  providers: [
    ChargeLedger,
    RefundLedger,
    NotificationLog,
    Outage,
    { provide: APP_PIPE, useFactory: () => new ValidationPipe({ whitelist: true }) },
  ],
})
export class SandboxModule {}
