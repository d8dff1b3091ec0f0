import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { USER_ENTITIES } from './users.entities.js';
import { UsersRepository } from './users.repository.js';

/** Users, their roles and their passwords. */
@Module({
  imports: [TypeOrmModule.forFeature(USER_ENTITIES)],
  providers: [UsersRepository],
  exports: [UsersRepository],
})
export class UsersModule {}
