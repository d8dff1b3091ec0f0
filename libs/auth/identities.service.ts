import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { AuthenticatedUser } from '#users';
import type { AccessClaims } from './access-tokens.js';
import { InvalidToken } from './auth.errors.js';
import { IdentitiesRepository, type Identity } from './identities.repository.js';

/** How long a user and a session are cached, and so how long the token of a disabled user or an ended session still works. */
const TTL_MS = 5_000;

/** Finds the users behind access tokens. */
@Injectable()
export class Identities {
  /** By user and session. Users who may not act are not cached. */
  private readonly cache: LRUCache<string, Identity, AccessClaims>;

  constructor(identities: IdentitiesRepository) {
    this.cache = new LRUCache<string, Identity, AccessClaims>({
      max: 10_000,
      ttl: TTL_MS,
      fetchMethod: (_key, _stale, { context }) => identities.find(context.userId, context.sessionId),
    });
  }

  /**
   * Returns the user behind the claims of a verified token.
   * @throws InvalidToken if the user may not act or no longer has the claimed role, or the token was ended
   */
  async identify(claims: AccessClaims): Promise<AuthenticatedUser> {
    const { userId, role, issuedAt, sessionId } = claims;
    const key = `${userId} ${sessionId ?? ''}`;
    let identity = await this.cache.fetch(key, { context: claims });
    // The token may be newer than the cached role.
    if (identity && identity.role !== role)
      identity = await this.cache.fetch(key, { context: claims, forceRefresh: true });
    if (identity?.role !== role) throw new InvalidToken();
    const { tokensValidAfter } = identity;
    if (sessionId === undefined && tokensValidAfter !== null && Math.floor(issuedAt) <= tokensValidAfter)
      throw new InvalidToken();
    return { id: userId, role, sessionId };
  }
}
