import { createSecretKey } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { isIn, isInt, isString, matches } from 'class-validator';
import { Strategy } from 'passport-jwt';
import { AuthService, InvalidToken, ROLES, type AuthenticatedUser, type Role } from '#auth';
import { Config } from '#config';
import { headerLines } from '../http/header-lines.js';
import { UUID } from '../ids/dto/id.dto.js';

/** The scheme and one token (RFC 6750). */
const BEARER_TOKEN = /^bearer +([\w.~+/-]+=*)$/i;

/** Verifies bearer tokens: one algorithm, all four claims, and the user's present role. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly auth: AuthService,
    { jwt }: Config,
  ) {
    // jsonwebtoken parses a string key on each use, a KeyObject only once. passport-jwt accepts it, but its types do not.
    const key: object = { secretOrKey: createSecretKey(jwt.secret, 'utf8') };
    const options = {
      jwtFromRequest: tokenOf,
      algorithms: [jwt.algorithm],
      secretOrKey: jwt.secret,
      // Limits a token that claims a longer lifetime.
      jsonWebTokenOptions: { maxAge: jwt.lifetimeSeconds },
    };
    super(Object.assign(options, key));
  }

  /**
   * Receives the claims of a token with a valid signature and expiry.
   * @throws InvalidToken if a claim is missing or no longer true
   */
  async validate(claims: Record<string, unknown>): Promise<AuthenticatedUser> {
    const { sub, role, iat, exp } = claims;
    if (!isUuid(sub) || !isRole(role) || !isInt(iat) || !isInt(exp)) throw new InvalidToken();
    return this.auth.identify({ id: sub, role });
  }
}

/** Returns the request's token, or null unless there is exactly one header line: a proxy could read another one of several. */
function tokenOf(request: IncomingMessage): string | null {
  const [line = '', ...more] = headerLines(request, 'authorization');
  return more.length > 0 ? null : (BEARER_TOKEN.exec(line)?.[1] ?? null);
}

function isUuid(claim: unknown): claim is string {
  return isString(claim) && matches(claim, UUID);
}

function isRole(claim: unknown): claim is Role {
  return isIn(claim, [...ROLES]);
}
