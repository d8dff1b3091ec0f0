import { createSecretKey } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { PassportStrategy } from '@nestjs/passport';
import { isIn, isObject, isString, matches } from 'class-validator';
import { Strategy } from 'passport-jwt';
import { AuthService, InvalidToken } from '#auth';
import { ROLES, type AuthenticatedUser, type Role } from '#users';
import { Config } from '#config';
import { headerLines } from '../http/header-lines.js';
import { UUID } from '../ids/dto/id.dto.js';

/** The scheme and one token (RFC 6750, 2.1). */
const BEARER_TOKEN = /^bearer +([\w.~+/-]+=*)$/i;
/** How far the clocks of two API processes may differ. */
const CLOCK_LEEWAY_SECONDS = 60;

/** Verifies bearer tokens: one algorithm, all four claims, and the user's present role. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly auth: AuthService,
    decoder: JwtService,
    { jwt }: Config,
  ) {
    // jsonwebtoken parses a string key on each use, a KeyObject only once. passport-jwt accepts it, but its types do not.
    const key: object = { secretOrKey: createSecretKey(jwt.secret, 'utf8') };
    const options = {
      jwtFromRequest: (request: IncomingMessage) => tokenOf(request, decoder),
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
  async validate({ sub, role, iat, exp }: Record<string, unknown>): Promise<AuthenticatedUser> {
    if (!isUuid(sub) || !isRole(role) || !isTime(iat) || !isTime(exp)) throw new InvalidToken();
    // A token from the future would outlive the maximum.
    if (iat > Date.now() / 1000 + CLOCK_LEEWAY_SECONDS) throw new InvalidToken();
    return this.auth.identify({ id: sub, role });
  }
}

/**
 * Returns the request's token, or null if it cannot be valid. There must be exactly one header line, because a proxy could read another
 * one of several.
 */
function tokenOf(request: IncomingMessage, decoder: JwtService): string | null {
  const [line = '', ...more] = headerLines(request, 'authorization');
  const token = more.length > 0 ? undefined : BEARER_TOKEN.exec(line)?.[1];
  return token !== undefined && isUnderstood(token, decoder) ? token : null;
}

/**
 * Whether the token is a JWT with claims and without critical extensions, none of which is understood here (RFC 7515, 4.1.11).
 * passport-jwt does not show the header, and a payload of null makes it throw a TypeError.
 */
function isUnderstood(token: string, decoder: JwtService): boolean {
  try {
    const { header, payload } = decoder.decode<{ header: object; payload: unknown }>(token, {
      complete: true,
    });
    return !('crit' in header) && isObject(payload);
  } catch {
    // No JWT: the decoder returns null, or throws.
    return false;
  }
}

/** A NumericDate may have a fraction (RFC 7519, 2). JSON can also hold 1e999, which is read as infinite. */
function isTime(claim: unknown): claim is number {
  return Number.isFinite(claim);
}

function isUuid(claim: unknown): claim is string {
  return isString(claim) && matches(claim, UUID);
}

function isRole(claim: unknown): claim is Role {
  return isIn(claim, [...ROLES]);
}
