import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '#catalog';
import { PaymentsModule } from '#payments';
import { ChargeAttemptsService } from './charge-attempts.service.js';
import { IdempotencyKeyCleanup } from './idempotency-key-cleanup.service.js';
import { IdempotencyKeyRecord } from './idempotency-key.entity.js';
import { PlacementResolution } from './placement-resolution.entity.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import { Placement } from './placement.entity.js';
import { PlacementsRepository } from './placements.repository.js';
import { PlacementsService } from './placements.service.js';
import { ResolutionsService } from './resolutions.service.js';

/** Placing an order: idempotency keys, charge attempts, recovery, resolution by managers. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Placement, PlacementResolution, IdempotencyKeyRecord]),
    CatalogModule,
    PaymentsModule,
  ],
  providers: [
    PlacementsService,
    ChargeAttemptsService,
    ResolutionsService,
    IdempotencyKeyCleanup,
    PlacementTransitionsRepository,
    PlacementsRepository,
  ],
  exports: [PlacementsService, ChargeAttemptsService, ResolutionsService, IdempotencyKeyCleanup],
})
export class PlacementsModule {}
