import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { PreparedStatements } from '#database';
import { IdempotencyKeyRecord } from './idempotency-key.entity.js';
import { DELETE_EXPIRED_KEYS, FIND_BY_KEY } from './idempotency-keys.sql.js';
import type { Placement } from './placement.entity.js';
import type { KeyClaim } from './placement-attempt.js';

/** A placement found by its key. */
export type KeyedPlacement = Placement & { fingerprint: Buffer; isRunning: boolean };

/** The idempotency keys of placements. They are claimed with the begin of a placement, see PlacementTransitionsRepository. */
@Injectable()
export class IdempotencyKeysRepository {
  constructor(
    @InjectRepository(IdempotencyKeyRecord) private readonly keys: Repository<IdempotencyKeyRecord>,
    private readonly statements: PreparedStatements,
  ) {}

  /** Returns the placement of a key that is not free, or undefined. */
  async findPlacement({ userId, hash }: KeyClaim): Promise<KeyedPlacement | undefined> {
    const [found] = await this.statements.query<KeyedPlacement>(FIND_BY_KEY, [userId, hash]);
    return found;
  }

  /** Deletes up to `limit` expired keys of settled placements. Returns how many. */
  @Failpoint('idempotency_keys.delete_expired')
  async deleteExpired(limit: number): Promise<number> {
    const [deleted] = await this.keys.query<{ count: number }[]>(DELETE_EXPIRED_KEYS, [limit]);
    return deleted?.count ?? 0;
  }
}
