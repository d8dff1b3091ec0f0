import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#audit';
import { PaymentsModule } from '#payments';
import { OrderChanges } from './order-changes.js';
import { RefundDispatcher } from './refund-dispatcher.service.js';
import { RefundResolutionsRepository } from './refund-resolutions.repository.js';
import { RefundResolutionsService } from './refund-resolutions.service.js';
import { REFUND_ENTITIES } from './refunds.entities.js';
import { RefundsRepository } from './refunds.repository.js';
import { RefundsService } from './refunds.service.js';

/** Refunds: recorded with what makes them due, sent by the worker, resolved by managers. */
@Module({
  imports: [TypeOrmModule.forFeature(REFUND_ENTITIES), AuditModule, PaymentsModule],
  providers: [
    RefundsService,
    RefundResolutionsService,
    RefundDispatcher,
    OrderChanges,
    RefundsRepository,
    RefundResolutionsRepository,
  ],
  exports: [RefundsService, RefundResolutionsService, RefundDispatcher, OrderChanges],
})
export class RefundsModule {}
