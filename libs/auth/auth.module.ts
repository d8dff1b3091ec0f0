import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { SessionsModule } from '#sessions';
import { UsersModule } from '#users';
import { AccessTokens } from './access-tokens.js';
import { AccountsService } from './accounts.service.js';
import { AUTH_ENTITIES } from './auth.entities.js';
import { AuthService } from './auth.service.js';
import { CredentialsService } from './credentials.service.js';
import { IdentitiesRepository } from './identities.repository.js';
import { Identities } from './identities.service.js';
import { LoginThrottleRepository } from './login-throttle.repository.js';
import { RegistrationThrottleRepository } from './registration-throttle.repository.js';
import { StreamTicketsModule } from './stream-tickets.module.js';

/** Registrations, logins, access tokens and stream tickets. */
@Module({
  imports: [
    TypeOrmModule.forFeature(AUTH_ENTITIES),
    SessionsModule,
    StreamTicketsModule,
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
    AccessTokens,
    Identities,
    IdentitiesRepository,
    LoginThrottleRepository,
    RegistrationThrottleRepository,
  ],
  exports: [AccountsService, AuthService, AccessTokens, Identities, StreamTicketsModule],
})
export class AuthModule {}
