import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { isIn, isInt, isString, matches } from 'class-validator';
import type { Request } from 'express';
import { Strategy } from 'passport-jwt';
import { AuthService, InvalidToken, ROLES, type AuthenticatedUser, type Role } from '#auth';
import { Config } from '#platform';
import { UUID } from '../ids/dto/id.dto.js';

/** RFC 6750, 2.1: the token and nothing after it. */
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
      jwtFromRequest: ({ headers }: Request) => BEARER_TOKEN.exec(headers.authorization ?? '')?.[1] ?? null,
      algorithms: [jwt.algorithm],
      secretOrKey: jwt.secret,
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

function isUuid(claim: unknown): claim is string {
  return isString(claim) && matches(claim, UUID);
}

function isRole(claim: unknown): claim is Role {
  return isIn(claim, [...ROLES]);
}
