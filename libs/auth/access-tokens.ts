import { createHash, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { isIn, isObject, isUUID } from 'class-validator';
import { Config } from '#config';
import { ROLES, type Role } from '#users';
import { InvalidToken } from './auth.errors.js';

const ISSUER = 'coffee-shop';
const AUDIENCE = 'coffee-shop-api';
/** How far the clocks of the API processes and the database may differ. */
const CLOCK_LEEWAY_SECONDS = 60;
const KEY_ID_LENGTH = 16;

/** What an access token says. */
export interface AccessClaims {
  userId: string;
  role: Role;
  /** In seconds since the epoch, perhaps with a fraction. */
  issuedAt: number;
  sessionId?: string;
}

/** What a verified access token says. */
export interface VerifiedClaims extends AccessClaims {
  /** When the token ends, in seconds since the epoch, perhaps with a fraction. */
  expiresAt: number;
}

export interface AccessToken {
  accessToken: string;
  expiresInSeconds: number;
}

/** Signs access tokens with the current key, and finds the key of a token to verify. Keys are parsed once. */
@Injectable()
export class AccessTokens {
  /** By key id. The current key comes first. */
  private readonly keys: ReadonlyMap<string, KeyObject>;

  constructor(
    private readonly jwt: JwtService,
    private readonly config: Config,
  ) {
    const secrets = [config.jwt.secret, ...config.jwt.oldSecrets];
    this.keys = new Map(secrets.map((secret) => [keyIdOf(secret), createSecretKey(secret, 'utf8')]));
  }

  /** Issues a token. Its times are whole seconds. */
  async issue({ userId, role, issuedAt, sessionId }: AccessClaims): Promise<AccessToken> {
    const session = sessionId !== undefined && { sid: sessionId };
    const accessToken = await this.jwt.signAsync(
      { sub: userId, role, iat: issuedAt, ...session },
      { issuer: ISSUER, audience: AUDIENCE, keyid: keyIdOf(this.config.jwt.secret) },
    );
    return { accessToken, expiresInSeconds: this.config.jwt.lifetimeSeconds };
  }

  /**
   * Returns the key that should verify a token; undefined if the token cannot be valid. It must be a JWT with claims and without critical
   * extensions, none of which is understood here (RFC 7515, 4.1.11). Without a key id, the key is the one that signed it.
   */
  keyOf(token: string): KeyObject | undefined {
    try {
      const { header, payload } = this.jwt.decode<{ header: { kid?: unknown }; payload: unknown }>(token, {
        complete: true,
      });
      if ('crit' in header || !isObject(payload)) return undefined;
      const { kid } = header;
      return kid === undefined ? this.signerOf(token) : this.keys.get(kid);
    } catch {
      // No JWT: the decoder returns null, or throws.
      return undefined;
    }
  }

  /**
   * Reads the claims of a token with a valid signature and expiry.
   * @throws InvalidToken
   */
  read({ sub, role, iat, exp, iss, aud, sid }: Record<string, unknown>): VerifiedClaims {
    if (!isUuid(sub) || !isRole(role) || !isTime(iat) || !isTime(exp)) throw new InvalidToken();
    // A token from the future would outlive the maximum.
    if (iat > Date.now() / 1000 + CLOCK_LEEWAY_SECONDS) throw new InvalidToken();
    // A token for another system may be signed with the same key.
    if (iss !== undefined && iss !== ISSUER) throw new InvalidToken();
    if (aud !== undefined && ![aud].flat().includes(AUDIENCE)) throw new InvalidToken();
    if (sid !== undefined && !isUuid(sid)) throw new InvalidToken();
    const expiresAt = Math.min(exp, iat + this.config.jwt.lifetimeSeconds);
    return { userId: sub, role, issuedAt: iat, sessionId: sid, expiresAt };
  }

  private signerOf(token: string): KeyObject | undefined {
    const end = token.lastIndexOf('.');
    const [content, signature] = [token.slice(0, end), Buffer.from(token.slice(end + 1), 'base64url')];
    return [...this.keys.values()].find((key) => {
      const expected = createHmac(this.config.jwt.algorithm.replace('HS', 'sha'), key)
        .update(content)
        .digest();
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    });
  }
}

function keyIdOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, KEY_ID_LENGTH);
}

/** A NumericDate may have a fraction (RFC 7519, 2). JSON can also hold 1e999, which is read as infinite. */
function isTime(claim: unknown): claim is number {
  return Number.isFinite(claim);
}

/** Of any version, as PostgreSQL accepts it. */
function isUuid(claim: unknown): claim is string {
  return isUUID(claim, 'loose');
}

function isRole(claim: unknown): claim is Role {
  return isIn(claim, [...ROLES]);
}
