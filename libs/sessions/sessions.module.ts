import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SESSION_ENTITIES } from './sessions.entities.js';

/** Sessions and their refresh tokens. */
@Module({ imports: [TypeOrmModule.forFeature(SESSION_ENTITIES)] })
export class SessionsModule {}
