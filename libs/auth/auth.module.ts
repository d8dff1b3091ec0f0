import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { AUTH_ENTITIES } from './auth.entities.js';
import { AuthService } from './auth.service.js';
import { LoginThrottleRepository } from './login-throttle.repository.js';
import { UsersRepository } from './users.repository.js';

/** Users, passwords and tokens. */
@Module({
  imports: [
    TypeOrmModule.forFeature(AUTH_ENTITIES),
    JwtModule.registerAsync({
      inject: [Config],
      useFactory: ({ jwt }: Config) => ({
        secret: createSecretKey(jwt.secret, 'utf8'),
        signOptions: { algorithm: jwt.algorithm, expiresIn: jwt.lifetimeSeconds },
      }),
    }),
  ],
  providers: [AuthService, UsersRepository, LoginThrottleRepository],
  exports: [AuthService, JwtModule],
})
export class AuthModule {}
