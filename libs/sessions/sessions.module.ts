import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SESSION_ENTITIES } from './sessions.entities.js';
import { SessionCleanup } from './session-cleanup.service.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Sessions and their refresh tokens. */
@Module({
  imports: [TypeOrmModule.forFeature(SESSION_ENTITIES)],
  providers: [SessionsService, SessionCleanup, SessionsRepository],
  exports: [SessionsService, SessionCleanup],
})
export class SessionsModule {}
