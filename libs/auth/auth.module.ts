import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { UsersModule } from '#users';
import { AUTH_ENTITIES } from './auth.entities.js';
import { AuthService } from './auth.service.js';
import { LoginThrottleRepository } from './login-throttle.repository.js';

/** Logins and tokens. */
@Module({
  imports: [
    TypeOrmModule.forFeature(AUTH_ENTITIES),
    UsersModule,
    JwtModule.registerAsync({
      inject: [Config],
      useFactory: ({ jwt }: Config) => ({
        secret: createSecretKey(jwt.secret, 'utf8'),
        signOptions: { algorithm: jwt.algorithm, expiresIn: jwt.lifetimeSeconds },
      }),
    }),
  ],
  providers: [AuthService, LoginThrottleRepository],
  exports: [AuthService, JwtModule],
})
export class AuthModule {}
