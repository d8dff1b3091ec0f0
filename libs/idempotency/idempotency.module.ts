import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsedIdempotencyKey } from './idempotency-key.entity.js';

/** Keys that make a repeated request safe; they are claimed and reaped where placements begin and end. */
@Module({ imports: [TypeOrmModule.forFeature([UsedIdempotencyKey])] })
export class IdempotencyModule {}
