import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import { AccessTokens, Identities, InvalidToken } from '#auth';
import { Config } from '#config';
import type { AuthenticatedUser } from '#users';
import { headerLines } from '../http/header-lines.js';
import type { AuthenticatedRequest } from './auth.decorators.js';

/** The scheme and one token (RFC 6750, 2.1). */
const BEARER_TOKEN = /^bearer +([\w.~+/-]+=*)$/i;

/** Verifies bearer tokens: one algorithm, the claims, the user's present role and the session. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly identities: Identities,
    { jwt }: Config,
  ) {
    const secretOrKeyProvider: SecretOrKeyProvider = (_request, token, done) => {
      const key = tokens.keyOf(String(token));
      // A KeyObject is not parsed again. jsonwebtoken accepts it, but the types of passport-jwt do not.
      Reflect.apply(done, undefined, [key ? null : new InvalidToken(), key]);
    };
    const options = {
      jwtFromRequest: tokenOf,
      algorithms: [jwt.algorithm],
      secretOrKeyProvider,
      passReqToCallback: true as const,
      // Limits a token that claims a longer lifetime.
      jsonWebTokenOptions: { maxAge: jwt.lifetimeSeconds },
    };
    super(options);
  }

  /**
   * Receives the claims of a token with a valid signature and expiry.
   * @throws InvalidToken if a claim is missing or no longer true
   */
  async validate(request: AuthenticatedRequest, claims: Record<string, unknown>): Promise<AuthenticatedUser> {
    request.access = this.tokens.read(claims);
    return this.identities.identify(request.access);
  }
}

/**
 * Returns the request's token, or null if it cannot be valid. There must be exactly one header line, because a proxy could read another
 * one of several.
 */
function tokenOf(request: IncomingMessage): string | null {
  const [line = '', ...more] = headerLines(request, 'authorization');
  return more.length > 0 ? null : (BEARER_TOKEN.exec(line)?.[1] ?? null);
}
