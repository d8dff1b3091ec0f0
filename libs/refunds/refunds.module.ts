import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PaymentsModule } from '#payments';
import { RefundDispatcher } from './refund-dispatcher.service.js';
import { RefundResolutionsRepository } from './refund-resolutions.repository.js';
import { REFUND_ENTITIES } from './refunds.entities.js';
import { RefundsRepository } from './refunds.repository.js';
import { RefundsService } from './refunds.service.js';

/** Refunds: recorded with what makes them due, sent by the worker, resolved by managers. */
@Module({
  imports: [TypeOrmModule.forFeature(REFUND_ENTITIES), PaymentsModule],
  providers: [RefundsService, RefundDispatcher, RefundsRepository, RefundResolutionsRepository],
  exports: [RefundsService, RefundDispatcher],
})
export class RefundsModule {}
