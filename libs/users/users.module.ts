import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#audit';
import { SessionsModule } from '#sessions';
import { HashingQueue } from './hashing-queue.js';
import { USER_ENTITIES } from './users.entities.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Users, their roles and their passwords. */
@Module({
  imports: [TypeOrmModule.forFeature(USER_ENTITIES), AuditModule, SessionsModule],
  providers: [UsersRepository, UsersService, HashingQueue],
  exports: [UsersRepository, UsersService, HashingQueue],
})
export class UsersModule {}
