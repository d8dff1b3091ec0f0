import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Tx } from '#database';
import type { ProviderAnswer } from '#payments';
import { Failpoint } from '#config';
import * as SQL from './placement-transitions.sql.js';
import { Placement } from './placement.entity.js';

export type NewPlacement = Pick<
  Placement,
  'id' | 'orderId' | 'paymentId' | 'customerId' | 'totalCents' | 'draft' | 'requestId'
>;

/** A key as it is claimed: hashes only. */
export interface KeyClaim {
  hash: Buffer;
  fingerprint: Buffer;
}

/** A placement found by its key. */
export type KeyedPlacement = Placement & { fingerprint: Buffer; isRunning: boolean };

/**
 * The steps of placing an order, each one statement and so one transaction: it commits whole or not at all. The sole repository that
 * writes several tables: order_placements, idempotency_keys, and at the end orders, order_items and payments. Every write names the
 * state it expects, so that a request, its retry, the recovery and a manager can race and one of them wins.
 */
@Injectable()
export class PlacementTransitionsRepository {
  constructor(@InjectRepository(Placement) private readonly placements: Repository<Placement>) {}

  /** Writes the placement ahead of the charge, with a lease; false where the key belongs to another attempt. */
  @Failpoint('placement.begin')
  async begin(placement: NewPlacement, leaseMs: number, key?: KeyClaim): Promise<boolean> {
    const { id, orderId, paymentId, customerId, totalCents, draft, requestId } = placement;
    const parameters = [
      id,
      orderId,
      paymentId,
      customerId,
      totalCents,
      JSON.stringify(draft),
      requestId,
      leaseMs,
    ];
    const begun = key
      ? await this.placements.query<unknown[]>(SQL.BEGIN_WITH_KEY, [...parameters, key.hash, key.fingerprint])
      : await this.placements.query<unknown[]>(SQL.BEGIN, parameters);
    return begun.length > 0;
  }

  find(id: string): Promise<Placement | null> {
    return this.placements.findOneBy({ id });
  }

  async findByKey(customerId: string, keyHash: Buffer): Promise<KeyedPlacement | undefined> {
    const [found] = await this.placements.query<KeyedPlacement[]>(SQL.FIND_BY_KEY, [customerId, keyHash]);
    return found;
  }

  /** Makes the order; answers when, or undefined where the placement was settled before. The answer is null for a manager's word. */
  @Failpoint('placement.settle')
  async settleApproved(id: string, answer: ProviderAnswer | null, tx?: Tx): Promise<Date | undefined> {
    const [settled] = await (tx ?? this.placements).query<{ settledAt: Date }[]>(SQL.SETTLE_APPROVED, [
      id,
      ...evidence(answer),
    ]);
    return settled?.settledAt;
  }

  async recordLateCharge(id: string, answer: ProviderAnswer): Promise<void> {
    await this.placements.query(SQL.RECORD_LATE_CHARGE, [id, ...evidence(answer)]);
  }

  /** Records the decline; false where the placement was settled before. */
  @Failpoint('placement.settle')
  async settleDeclined(
    id: string,
    answer: ProviderAnswer,
    state: 'declined' | 'declined_unconfirmed',
  ): Promise<boolean> {
    const settled = await this.placements.query<unknown[]>(SQL.SETTLE_DECLINED, [
      id,
      ...evidence(answer),
      state,
    ]);
    return settled.length > 0;
  }

  /** Records that no answer came; recovery may try again after `retryInMs`, or never where that is null. */
  @Failpoint('placement.settle')
  async settleUnknown(
    { id, attempt }: Pick<Placement, 'id' | 'attempt'>,
    reason: string,
    retryInMs: number | null,
  ): Promise<void> {
    await this.placements.query(SQL.SETTLE_UNKNOWN, [id, attempt, reason, retryInMs]);
  }

  /** Records that nothing was sent and frees the key. */
  @Failpoint('placement.settle')
  async settleUnsent(id: string, reason: string): Promise<void> {
    await this.placements.query(SQL.SETTLE_UNSENT, [id, reason]);
  }

  /** Takes an attempt up whose runner is gone or never learnt its outcome; undefined where somebody else was faster. */
  @Failpoint('placement.take_over')
  async takeOver(id: string, leaseMs: number): Promise<Placement | undefined> {
    const [taken] = await this.placements.query<Placement[]>(SQL.TAKE_OVER, [id, leaseMs]);
    return taken;
  }

  /** Takes over what is past its lease and not older than `maxAgeMs`. */
  @Failpoint('placement.claim_lapsed')
  claimLapsed(limit: number, leaseMs: number, maxAgeMs: number): Promise<Placement[]> {
    return this.placements.query<Placement[]>(SQL.CLAIM_LAPSED, [limit, leaseMs, maxAgeMs]);
  }

  /** Leaves up to `limit` that are past their lease and older than `minAgeMs` to the managers; answers the placements' ids. */
  async giveUpLapsed(limit: number, minAgeMs: number): Promise<string[]> {
    const rows = await this.placements.query<{ id: string }[]>(SQL.GIVE_UP_LAPSED, [limit, minAgeMs]);
    return rows.map(({ id }) => id);
  }

  /** Deletes up to `limit` expired keys; answers how many. */
  @Failpoint('keys.reap')
  async reapKeys(limit: number): Promise<number> {
    const [reaped] = await this.placements.query<{ count: number }[]>(SQL.REAP_KEYS, [limit]);
    return reaped?.count ?? 0;
  }
}

function evidence(answer: ProviderAnswer | null): [number | null, string | null] {
  return answer ? [answer.status, JSON.stringify(answer.body)] : [null, null];
}
