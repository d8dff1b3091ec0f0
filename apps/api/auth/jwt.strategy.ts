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

/** The scheme and one token, as RFC 6750 spells it. */
const BEARER_TOKEN = /^bearer +([\w.~+/-]+=*)$/i;

/** Reads bearer tokens: one algorithm, all four claims, and the user as they are now. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly auth: AuthService,
    { jwt }: Config,
  ) {
    // A KeyObject spares jsonwebtoken a costly guess at what kind of key a string is; passport-jwt hands it on, though its types don't say so.
    const key: object = { secretOrKey: createSecretKey(jwt.secret, 'utf8') };
    const options = {
      jwtFromRequest: tokenOf,
      algorithms: [jwt.algorithm],
      secretOrKey: jwt.secret,
      // Also for a token that claims to live longer.
      jsonWebTokenOptions: { maxAge: jwt.lifetimeSeconds },
    };
    super(Object.assign(options, key));
  }

  /**
   * Called with the claims of a token whose signature and expiry are right.
   * @throws InvalidToken where a claim is missing or no longer true
   */
  async validate(claims: Record<string, unknown>): Promise<AuthenticatedUser> {
    const { sub, role, iat, exp } = claims;
    if (!isUuid(sub) || !isRole(role) || !isInt(iat) || !isInt(exp)) throw new InvalidToken();
    return this.auth.identify({ id: sub, role });
  }
}

/** The one token that the request carries; two lines could be read differently by whoever stands before us. */
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
