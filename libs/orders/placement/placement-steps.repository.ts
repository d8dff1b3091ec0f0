import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Tx } from '#database';
import type { ProviderAnswer } from '#payments';
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

const KEY_LIFETIME = `interval '24 hours'`;

const COLUMNS = `
  p.id, p.order_id AS "orderId", p.payment_id AS "paymentId", p.customer_id AS "customerId", p.total_cents AS "totalCents", p.draft,
  p.state, p.attempt, p.lease_expires_at AS "leaseExpiresAt", p.request_id AS "requestId",
  p.response_status_code AS "responseStatusCode", p.response_payload AS "responsePayload", p.failure,
  p.created_at AS "createdAt", p.settled_at AS "settledAt"`;

const INSERT_PLACEMENT = `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::json, $7, 'charging', now() + make_interval(secs => $8 / 1000.0)`;

/** Should the first run's answer get lost with its connection, a second run finds its own row and changes nothing. */
const OR_FIND_OWN = 'ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id';

const BEGIN = `${INSERT_PLACEMENT} ${OR_FIND_OWN}`;

/** The key goes to this placement if it is free: new, expired, or ours from a first run. One whose attempt is not settled never expires. */
const BEGIN_WITH_KEY = `
  WITH claimed AS (
    INSERT INTO idempotency_keys AS held (user_id, key_hash, fingerprint, placement_id, expires_at)
    VALUES ($4::uuid, $9, $10, $1::uuid, now() + ${KEY_LIFETIME})
    ON CONFLICT (user_id, key_hash) DO UPDATE
       SET fingerprint = excluded.fingerprint, placement_id = excluded.placement_id, created_at = now(), expires_at = excluded.expires_at
     WHERE held.placement_id = excluded.placement_id
        OR held.expires_at <= now()
           AND EXISTS (SELECT 1 FROM order_placements p WHERE p.id = held.placement_id AND p.state NOT IN ('charging', 'unknown'))
    RETURNING 1)
  ${INSERT_PLACEMENT} FROM claimed ${OR_FIND_OWN}`;

const FIND_BY_KEY = `
  SELECT ${COLUMNS}, k.fingerprint, p.state = 'charging' AND p.lease_expires_at > now() AS "isRunning"
    FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
   WHERE k.user_id = $1 AND k.key_hash = $2 AND (k.expires_at > now() OR p.state IN ('charging', 'unknown'))`;

const SETTLE_APPROVED = `
  WITH p AS (
    UPDATE order_placements
       SET state = 'placed', response_status_code = $2, response_payload = $3, failure = NULL, lease_expires_at = NULL, settled_at = now()
     WHERE id = $1 AND state IN ('charging', 'unknown')
    RETURNING *),
  placed AS (
    INSERT INTO orders (id, customer_id, status, total_cents, metadata, created_at, updated_at)
    SELECT order_id, customer_id, 'waiting', total_cents, (draft->>'metadata')::jsonb, settled_at, settled_at FROM p),
  lines AS (
    INSERT INTO order_items (id, order_id, position, product_id, variation_id, product_name, variation_name, quantity,
                             product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
    SELECT i."id", p.order_id, i.position - 1, i."productId", i."variationId", i."productName", i."variationName", i."quantity",
           i."productBasePriceCents", i."variationPriceChangeCents", i."unitPriceCents", i."lineTotalCents"
      FROM p, ROWS FROM (json_to_recordset(p.draft->'items')
             AS ("id" uuid, "productId" uuid, "variationId" uuid, "productName" text, "variationName" text, "quantity" int,
                 "productBasePriceCents" int, "variationPriceChangeCents" int, "unitPriceCents" int, "lineTotalCents" int))
           WITH ORDINALITY AS i("id", "productId", "variationId", "productName", "variationName", "quantity",
                 "productBasePriceCents", "variationPriceChangeCents", "unitPriceCents", "lineTotalCents", position)),
  paid AS (
    INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code, created_at)
    SELECT payment_id, order_id, total_cents, json_build_object('value', total_cents), response_payload::jsonb, response_status_code, settled_at
      FROM p)
  SELECT settled_at AS "settledAt" FROM p`;

/** The money came after all to a placement that was told to have failed: that answer stands, the money goes back. */
const RECORD_LATE_CHARGE = `
  UPDATE order_placements SET state = 'refund_due', response_status_code = $2, response_payload = $3
   WHERE id = $1 AND state IN ('declined', 'declined_unconfirmed')`;

const SETTLE_DECLINED = `
  WITH p AS (
    UPDATE order_placements
       SET state = $4::placement_state, response_status_code = $2, response_payload = $3, failure = NULL,
           lease_expires_at = NULL, settled_at = now()
     WHERE id = $1 AND state IN ('charging', 'unknown')
    RETURNING 1)
  SELECT 1 FROM p`;

/** Only the newest send may give its attempt up. */
const SETTLE_UNKNOWN = `
  UPDATE order_placements
     SET state = 'unknown', failure = $3, lease_expires_at = now() + make_interval(secs => $4 / 1000.0)
   WHERE id = $1 AND attempt = $2 AND state = 'charging'`;

const SETTLE_UNSENT = `
  WITH p AS (
    UPDATE order_placements SET state = 'unsent', failure = $2, lease_expires_at = NULL
     WHERE id = $1 AND attempt = 1 AND state = 'charging'
    RETURNING id)
  DELETE FROM idempotency_keys k USING p WHERE k.placement_id = p.id`;

const TAKE_OVER = `
  WITH taken AS (
    UPDATE order_placements SET state = 'charging', attempt = attempt + 1, lease_expires_at = now() + make_interval(secs => $2 / 1000.0)
     WHERE id = $1 AND (state = 'unknown' OR state = 'charging' AND lease_expires_at <= now())
    RETURNING *)
  SELECT ${COLUMNS} FROM taken p`;

const CLAIM_LAPSED = `
  WITH lapsed AS (
    SELECT id FROM order_placements
     WHERE state IN ('charging', 'unknown') AND lease_expires_at <= now() AND created_at > now() - make_interval(secs => $3 / 1000.0)
     ORDER BY lease_expires_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  taken AS (
    UPDATE order_placements p
       SET state = 'charging', attempt = attempt + 1, lease_expires_at = now() + make_interval(secs => $2 / 1000.0)
      FROM lapsed WHERE p.id = lapsed.id
    RETURNING p.*)
  SELECT ${COLUMNS} FROM taken p`;

const GIVE_UP_LAPSED = `
  WITH given_up AS (
    UPDATE order_placements SET state = 'unknown', failure = coalesce(failure, 'interrupted'), lease_expires_at = NULL
     WHERE state IN ('charging', 'unknown') AND lease_expires_at <= now() AND created_at <= now() - make_interval(secs => $1 / 1000.0)
    RETURNING id)
  SELECT id FROM given_up`;

/** A key whose placement is not settled outlives its day: it alone leads the client back to the attempt. */
const REAP_KEYS = `
  WITH expired AS (
    SELECT k.user_id, k.key_hash FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
     WHERE k.expires_at <= now() AND p.state NOT IN ('charging', 'unknown')
     ORDER BY k.expires_at LIMIT $1
       FOR UPDATE OF k SKIP LOCKED),
  reaped AS (
    DELETE FROM idempotency_keys k USING expired e WHERE k.user_id = e.user_id AND k.key_hash = e.key_hash
    RETURNING 1)
  SELECT count(*)::int AS count FROM reaped`;

/**
 * The steps of placing an order, each one statement and so one transaction: it commits whole or not at all. The sole repository that
 * writes several tables: order_placements, idempotency_keys, and at the end orders, order_items and payments. Every write names the
 * state it expects, so that a request, its retry, the recovery and a manager can race and one of them wins.
 */
@Injectable()
export class PlacementStepsRepository {
  constructor(@InjectRepository(Placement) private readonly placements: Repository<Placement>) {}

  /** Writes the placement ahead of the charge, with a lease; false where the key belongs to another attempt. */
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
      ? await this.placements.query<unknown[]>(BEGIN_WITH_KEY, [...parameters, key.hash, key.fingerprint])
      : await this.placements.query<unknown[]>(BEGIN, parameters);
    return begun.length > 0;
  }

  find(id: string): Promise<Placement | null> {
    return this.placements.findOneBy({ id });
  }

  async findByKey(customerId: string, keyHash: Buffer): Promise<KeyedPlacement | undefined> {
    const [found] = await this.placements.query<KeyedPlacement[]>(FIND_BY_KEY, [customerId, keyHash]);
    return found;
  }

  /** Makes the order; answers when, or undefined where the placement was settled before. The answer is null for a manager's word. */
  async settleApproved(id: string, answer: ProviderAnswer | null, tx?: Tx): Promise<Date | undefined> {
    const [settled] = await (tx ?? this.placements).query<{ settledAt: Date }[]>(SETTLE_APPROVED, [
      id,
      ...evidence(answer),
    ]);
    return settled?.settledAt;
  }

  async recordLateCharge(id: string, answer: ProviderAnswer): Promise<void> {
    await this.placements.query(RECORD_LATE_CHARGE, [id, ...evidence(answer)]);
  }

  /** Records the decline; false where the placement was settled before. */
  async settleDeclined(
    id: string,
    answer: ProviderAnswer,
    state: 'declined' | 'declined_unconfirmed',
  ): Promise<boolean> {
    const settled = await this.placements.query<unknown[]>(SETTLE_DECLINED, [id, ...evidence(answer), state]);
    return settled.length > 0;
  }

  /** Records that no answer came; recovery may try again after `retryInMs`, or never where that is null. */
  async settleUnknown(
    { id, attempt }: Pick<Placement, 'id' | 'attempt'>,
    reason: string,
    retryInMs: number | null,
  ): Promise<void> {
    await this.placements.query(SETTLE_UNKNOWN, [id, attempt, reason, retryInMs]);
  }

  /** Records that nothing was sent and frees the key. */
  async settleUnsent(id: string, reason: string): Promise<void> {
    await this.placements.query(SETTLE_UNSENT, [id, reason]);
  }

  /** Takes an attempt up whose runner is gone or never learnt its outcome; undefined where somebody else was faster. */
  async takeOver(id: string, leaseMs: number): Promise<Placement | undefined> {
    const [taken] = await this.placements.query<Placement[]>(TAKE_OVER, [id, leaseMs]);
    return taken;
  }

  /** Takes over what is past its lease and not older than `maxAgeMs`. */
  claimLapsed(limit: number, leaseMs: number, maxAgeMs: number): Promise<Placement[]> {
    return this.placements.query<Placement[]>(CLAIM_LAPSED, [limit, leaseMs, maxAgeMs]);
  }

  /** Leaves what is past its lease and older than `minAgeMs` to the managers; answers the placements' ids. */
  async giveUpLapsed(minAgeMs: number): Promise<string[]> {
    const rows = await this.placements.query<{ id: string }[]>(GIVE_UP_LAPSED, [minAgeMs]);
    return rows.map(({ id }) => id);
  }

  /** Deletes up to `limit` expired keys; answers how many. */
  async reapKeys(limit: number): Promise<number> {
    const [reaped] = await this.placements.query<{ count: number }[]>(REAP_KEYS, [limit]);
    return reaped?.count ?? 0;
  }
}

function evidence(answer: ProviderAnswer | null): [number | null, string | null] {
  return answer ? [answer.status, JSON.stringify(answer.body)] : [null, null];
}
