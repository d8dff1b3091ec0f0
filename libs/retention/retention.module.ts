import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RetentionCleanup } from './retention-cleanup.service.js';
import { RETENTION_ENTITIES } from './retention.entities.js';
import { RetentionRepository } from './retention.repository.js';

/** Deletes what orders and money do not need, after some time. */
@Module({
  imports: [TypeOrmModule.forFeature(RETENTION_ENTITIES)],
  providers: [RetentionCleanup, RetentionRepository],
  exports: [RetentionCleanup],
})
export class RetentionModule {}
