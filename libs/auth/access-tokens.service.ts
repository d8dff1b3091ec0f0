import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { isString, isUUID } from 'class-validator';
import { Config } from '#config';
import { InvalidToken } from './auth.errors.js';
import { ROLES, type Role } from './user.entity.js';

/** How far the clocks of two API processes may differ. */
const CLOCK_LEEWAY_SECONDS = 60;

/** The user whom a token names. */
export interface AuthenticatedUser {
  id: string;
  role: Role;
}

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

interface DecodedToken {
  header: object;
  payload: Record<string, unknown>;
}

/** Issues and verifies access tokens: JWTs with one algorithm and the claims `sub`, `role`, `iat` and `exp`. */
@Injectable()
export class AccessTokensService {
  constructor(
    private readonly jwt: JwtService,
    private readonly config: Config,
  ) {}

  async issue({ id, role }: AuthenticatedUser): Promise<IssuedToken> {
    return {
      accessToken: await this.jwt.signAsync({ sub: id, role }),
      expiresInSeconds: this.config.jwt.lifetimeSeconds,
    };
  }

  /**
   * Returns the user whom the token names, without a look at the database.
   * @throws InvalidToken if it is malformed, forged or expired, or lacks a claim
   */
  verify(token: string): AuthenticatedUser {
    const { header, payload } = this.decode(token);
    // No extension of JWS is understood here, so none may be critical (RFC 7515, 4.1.11).
    if ('crit' in header) throw new InvalidToken();
    const { sub, role, iat, exp } = payload;
    // A token from the future would outlive the maximum.
    if (!isTime(iat) || !isTime(exp) || iat > Date.now() / 1000 + CLOCK_LEEWAY_SECONDS)
      throw new InvalidToken();
    if (!isString(sub) || !isUUID(sub, 'loose') || !isRole(role)) throw new InvalidToken();
    return { id: sub, role };
  }

  /** Checks signature, `nbf` and `exp`. A token that claims a longer lifetime than the configured one is cut to that. */
  private decode(token: string): DecodedToken {
    const { algorithm, lifetimeSeconds } = this.config.jwt;
    try {
      return this.jwt.verify<DecodedToken>(token, {
        algorithms: [algorithm],
        maxAge: lifetimeSeconds,
        complete: true,
      });
    } catch {
      // Some malformed tokens, such as a payload of null, make the library throw a TypeError.
      throw new InvalidToken();
    }
  }
}

/** A NumericDate may have a fraction (RFC 7519, 2). JSON can also hold 1e999, which is read as infinite. */
function isTime(claim: unknown): claim is number {
  return Number.isFinite(claim);
}

function isRole(claim: unknown): claim is Role {
  return ROLES.some((role) => role === claim);
}
