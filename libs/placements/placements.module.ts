import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#audit';
import { CatalogModule } from '#catalog';
import { NotificationsModule } from '#notifications';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { RefundsModule } from '#refunds';
import { ShopModule } from '#shop';
import { UsersModule } from '#users';
import { ChargeAttemptsService } from './charge-attempts.service.js';
import { ChargeOutcomesService } from './charge-outcomes.service.js';
import { ChargePolicy } from './charge-policy.js';
import { IdempotencyKeyCleanup } from './idempotency-key-cleanup.service.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';
import { LateChargesService } from './late-charges.service.js';
import { OrderAdmissionService } from './order-admission.service.js';
import { OrderLookupService } from './order-lookup.service.js';
import { PlacedOrderSignals } from './placed-order-signals.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import { PlacementMetrics } from './placement-metrics.js';
import { PLACEMENT_ENTITIES } from './placements.entities.js';
import { PlacementsRepository } from './placements.repository.js';
import { PlacementsService } from './placements.service.js';
import { RecoveryService } from './recovery.service.js';
import { ResolutionsService } from './resolutions.service.js';

/** Placing an order: idempotency keys, charge attempts, recovery, resolution by managers. */
@Module({
  imports: [
    TypeOrmModule.forFeature(PLACEMENT_ENTITIES),
    AuditModule,
    UsersModule,
    CatalogModule,
    NotificationsModule,
    OrdersModule,
    PaymentsModule,
    RefundsModule,
    ShopModule,
  ],
  providers: [
    PlacementsService,
    OrderAdmissionService,
    OrderLookupService,
    ChargeAttemptsService,
    ChargeOutcomesService,
    ChargePolicy,
    LateChargesService,
    PlacedOrderSignals,
    PlacementMetrics,
    RecoveryService,
    ResolutionsService,
    IdempotencyKeyCleanup,
    PlacementTransitionsRepository,
    IdempotencyKeysRepository,
    PlacementsRepository,
  ],
  exports: [
    PlacementsService,
    OrderLookupService,
    RecoveryService,
    ResolutionsService,
    IdempotencyKeyCleanup,
  ],
})
export class PlacementsModule {}
