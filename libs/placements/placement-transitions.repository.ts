import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Config, Failpoint } from '#config';
import { newId, PreparedStatements, type Tx } from '#database';
import type { ProviderAnswer } from '#payments';
import { sourcesOf } from '#state-machine';
import type {
  BegunPlacement,
  ClaimedPlacement,
  Drafted,
  KeyClaim,
  NewPlacement,
  NotOpened,
  OpenPlacement,
} from './placement-attempt.js';
import * as BEGIN_SQL from './placement-begin.sql.js';
import { toClaimedPlacement, type ClaimedRow } from './claimed-placement.js';
import { answerParameters, draftParameters } from './placement-parameters.js';
import { LATE_CHARGE_SOURCES, OPEN_STATES, PLACEMENT_TRANSITIONS } from './placement-state.js';
import * as SQL from './placement-transitions.sql.js';
import { Placement } from './placement.entity.js';

/** What begin returns: one row if the number of open orders is limited, and otherwise one if it wrote the placement. */
type BegunRow = BegunPlacement & { hasRoom?: boolean };

/**
 * The state transitions of placements. Each is one statement, and so one transaction; it changes nothing unless the placement is in a
 * state that the transition may start from. So a request, its retry, the recovery and a manager can race, and one of them wins.
 * The only repository that writes tables of several libs: placements, keys, and finally orders, lines, payments and notifications.
 */
@Injectable()
export class PlacementTransitionsRepository {
  constructor(
    @InjectRepository(Placement) private readonly placements: Repository<Placement>,
    private readonly statements: PreparedStatements,
    private readonly config: Config,
  ) {}

  /**
   * Writes the placement and its lease before the charge, unless `maxOpenOrders` orders are open. Returns what the row has,
   * or 'not_opened' if the key belongs to another attempt or the recovery has taken the placement.
   * @param maxOpenOrders null without a limit
   */
  @Failpoint('placement.begin')
  async begin(
    placement: NewPlacement,
    leaseMs: number,
    maxOpenOrders: number | null,
    key?: KeyClaim,
  ): Promise<BegunPlacement | NotOpened> {
    const values = [...draftParameters(placement), leaseMs, placement.providerKey];
    const keyValues = key ? [key.hash, key.fingerprint] : [];
    const limit = maxOpenOrders === null ? [] : [maxOpenOrders];
    const [row] = await this.statements.query<BegunRow>(
      BEGIN_SQL.beginStatement(key !== undefined, maxOpenOrders !== null),
      [...values, ...keyValues, ...limit],
    );
    if (row?.hasRoom === false) return 'no_room';
    if (typeof row?.number !== 'number') return 'not_opened';
    return { number: row.number, providerKey: row.providerKey };
  }

  /**
   * Writes a placement again, with its key, that the database has lost after its charge was sent. If another placement has claimed the
   * key meanwhile and has the same provider key and total, for which the provider charges once if `isChargedOnce`, returns that one
   * instead.
   * Does neither if that is being committed now.
   */
  @Failpoint('placement.restore')
  async restore(
    placement: OpenPlacement,
    leaseMs: number,
    isChargedOnce: boolean,
  ): Promise<(Placement & Drafted) | undefined> {
    const { providerKey, attempt, number, key } = placement;
    const keyValues = [key?.hash ?? null, key?.fingerprint ?? null];
    const values = [...draftParameters(placement), leaseMs, providerKey, ...keyValues, attempt, number];
    const parameters = [...values, isChargedOnce];
    const [other] = await this.placements.query<(Placement & Drafted)[]>(BEGIN_SQL.RESTORE, parameters);
    return other;
  }

  /**
   * Creates the order, and its notification if placed orders have one. Returns its time, or undefined if already settled.
   * `answer` is null if nothing was sent or a manager resolves.
   */
  @Failpoint('placement.settle')
  async settleApproved(id: string, answer: ProviderAnswer | null, tx?: Tx): Promise<Date | undefined> {
    const notificationId = this.config.notification.includesPlacedOrders ? newId() : null;
    const values = [id, ...answerParameters(answer), OPEN_STATES, notificationId];
    const [settled] = await this.statements.query<{ settledAt: Date }>(SQL.SETTLE_APPROVED, values, tx);
    return settled?.settledAt;
  }

  /** Records the decline. Returns false if already settled. */
  @Failpoint('placement.settle')
  async settleDeclined(
    id: string,
    answer: ProviderAnswer,
    state: 'declined' | 'declined_unconfirmed',
  ): Promise<boolean> {
    const values = [id, ...answerParameters(answer), state, OPEN_STATES];
    const settled = await this.statements.query(SQL.SETTLE_DECLINED, values);
    return settled.length > 0;
  }

  /**
   * Records that no answer came. The recovery may send again after `retryInMs`, or never if that is null.
   * Returns false if the placement is settled or a newer send has it.
   */
  @Failpoint('placement.settle')
  async markUnknown(
    { id, attempt }: Pick<Placement, 'id' | 'attempt'>,
    reason: string,
    retryInMs: number | null,
  ): Promise<boolean> {
    const values = [id, attempt, reason, retryInMs, sourcesOf(PLACEMENT_TRANSITIONS, 'unknown')];
    const [marked] = await this.placements.query<[unknown[], number]>(SQL.MARK_UNKNOWN, values);
    return marked.length > 0;
  }

  /**
   * Records that nothing was sent, which frees the key. Writes the placement if it does not exist, so that no begin of it that is still
   * under way can succeed. Returns false if the placement is settled or another send has it.
   */
  @Failpoint('placement.settle')
  async markUnsent(placement: NewPlacement, reason: string): Promise<boolean> {
    const values = [...draftParameters(placement), reason, sourcesOf(PLACEMENT_TRANSITIONS, 'unsent')];
    const marked = await this.placements.query<unknown[]>(SQL.MARK_UNSENT, values);
    return marked.length > 0;
  }

  /** Records a charge of a placement whose client got a decline: the decline stands and a refund is due. Returns false otherwise. */
  async recordLateCharge(id: string, answer: ProviderAnswer, tx: Tx): Promise<boolean> {
    const values = [id, ...answerParameters(answer), LATE_CHARGE_SOURCES];
    const [recorded] = await tx.query<[unknown[], number]>(SQL.RECORD_LATE_CHARGE, values);
    return recorded.length > 0;
  }

  /** Takes an attempt whose sender is gone or never learnt its outcome. Returns undefined if another process was faster. */
  @Failpoint('placement.reclaim')
  async reclaim(id: string, leaseMs: number): Promise<(Placement & Drafted) | undefined> {
    const sources = sourcesOf(PLACEMENT_TRANSITIONS, 'charging');
    const [reclaimed] = await this.placements.query<(Placement & Drafted)[]>(SQL.RECLAIM, [
      id,
      leaseMs,
      sources,
    ]);
    return reclaimed;
  }

  /** Claims up to `limit` placements whose lease has expired and that are at most `maxAgeMs` old or have a total of 0. */
  @Failpoint('placement.claim_expired')
  async claimExpired(limit: number, leaseMs: number, maxAgeMs: number): Promise<ClaimedPlacement[]> {
    const values = [limit, leaseMs, maxAgeMs];
    const claimed = await this.placements.query<ClaimedRow[]>(SQL.CLAIM_EXPIRED, values);
    return claimed.map(toClaimedPlacement);
  }

  /** Leaves up to `limit` placements that `claimExpired` does not claim, because of their age, to the managers. Returns their ids. */
  async escalateExpired(limit: number, minAgeMs: number): Promise<string[]> {
    const rows = await this.placements.query<{ id: string }[]>(SQL.ESCALATE_EXPIRED, [limit, minAgeMs]);
    return rows.map(({ id }) => id);
  }
}
