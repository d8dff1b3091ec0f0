import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '#auth';
import { CatalogModule } from '#catalog';
import { IdempotencyModule } from '#idempotency';
import { NotificationsModule } from '#notifications';
import { PaymentsModule } from '#payments';
import { OrderItem } from './order-item.entity.js';
import { Order } from './order.entity.js';
import { OrdersRepository } from './orders.repository.js';
import { OrdersService } from './orders.service.js';
import { Payment } from './payment.entity.js';
import { KeyReaper } from './placement/key-reaper.service.js';
import { PlacementResolution } from './placement/placement-resolution.entity.js';
import { PlacementStepsRepository } from './placement/placement-steps.repository.js';
import { Placement } from './placement/placement.entity.js';
import { PlacementService } from './placement/placement.service.js';
import { PlacementsRepository } from './placement/placements.repository.js';
import { ResolutionService } from './placement/resolution.service.js';
import { SettlementService } from './placement/settlement.service.js';
import { StatusTransition } from './status-transition.entity.js';

/** Orders: placed with a payment, read, moved through their statuses. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Order, OrderItem, Payment, StatusTransition, Placement, PlacementResolution]),
    AuthModule,
    CatalogModule,
    IdempotencyModule,
    NotificationsModule,
    PaymentsModule,
  ],
  providers: [
    OrdersService,
    OrdersRepository,
    PlacementService,
    SettlementService,
    ResolutionService,
    KeyReaper,
    PlacementStepsRepository,
    PlacementsRepository,
  ],
  exports: [OrdersService, PlacementService, SettlementService, ResolutionService, KeyReaper],
})
export class OrdersModule {}
