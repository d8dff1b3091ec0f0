import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { UsersModule } from '#users';
import { AccountsService } from './accounts.service.js';
import { AUTH_ENTITIES } from './auth.entities.js';
import { AuthService } from './auth.service.js';
import { CredentialsService } from './credentials.service.js';
import { LoginThrottleRepository } from './login-throttle.repository.js';
import { RegistrationThrottleRepository } from './registration-throttle.repository.js';

/** Registrations, logins and tokens. */
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
  providers: [
    AccountsService,
    AuthService,
    CredentialsService,
    LoginThrottleRepository,
    RegistrationThrottleRepository,
  ],
  exports: [AccountsService, AuthService, JwtModule],
})
export class AuthModule {}
