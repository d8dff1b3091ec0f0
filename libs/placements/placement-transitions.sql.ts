import type { PlacementState } from './placement.entity.js';

/** The statements of placement-steps.repository.ts, which says what each is for; the comments here say why they are so. */

const KEY_LIFETIME = `interval '24 hours'`;

const COLUMNS = `
  p.id, p.order_id AS "orderId", p.payment_id AS "paymentId", p.customer_id AS "customerId", p.total_cents AS "totalCents", p.draft,
  p.state, p.attempt, p.lease_expires_at AS "leaseExpiresAt", p.request_id AS "requestId",
  p.response_status_code AS "responseStatusCode", p.response_payload AS "responsePayload", p.failure,
  p.created_at AS "createdAt", p.settled_at AS "settledAt"`;

/**
 * As text, so that the partial indexes of states don't look fit: one that was small when the statement was planned would be read whole,
 * with all that has left it since the last vacuum, to find a placement whose id is known.
 */
const isIn = (...states: PlacementState[]): string =>
  `state::text IN (${states.map((state) => `'${state}'`).join(', ')})`;

const INSERT_PLACEMENT = `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::json, $7, 'charging', now() + make_interval(secs => $8 / 1000.0)`;

/** Should the first run's answer get lost with its connection, a second run finds its own row and changes nothing. */
const OR_FIND_OWN = 'ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id';

export const BEGIN = `${INSERT_PLACEMENT} ${OR_FIND_OWN}`;

/** The key goes to this placement if it is free: new, expired, or ours from a first run. One whose attempt is not settled never expires. */
export const BEGIN_WITH_KEY = `
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

export const FIND_BY_KEY = `
  SELECT ${COLUMNS}, k.fingerprint, p.state = 'charging' AND p.lease_expires_at > now() AS "isRunning"
    FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
   WHERE k.user_id = $1 AND k.key_hash = $2 AND (k.expires_at > now() OR p.state IN ('charging', 'unknown'))`;

export const SETTLE_APPROVED = `
  WITH p AS (
    UPDATE order_placements
       SET state = 'placed', response_status_code = $2, response_payload = $3, failure = NULL, lease_expires_at = NULL, settled_at = now()
     WHERE id = $1 AND ${isIn('charging', 'unknown')}
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
export const RECORD_LATE_CHARGE = `
  UPDATE order_placements SET state = 'refund_due', response_status_code = $2, response_payload = $3
   WHERE id = $1 AND ${isIn('declined', 'declined_unconfirmed')}`;

export const SETTLE_DECLINED = `
  WITH p AS (
    UPDATE order_placements
       SET state = $4::placement_state, response_status_code = $2, response_payload = $3, failure = NULL,
           lease_expires_at = NULL, settled_at = now()
     WHERE id = $1 AND ${isIn('charging', 'unknown')}
    RETURNING 1)
  SELECT 1 FROM p`;

/** Only the newest send may give its attempt up. */
export const SETTLE_UNKNOWN = `
  UPDATE order_placements
     SET state = 'unknown', failure = $3, lease_expires_at = now() + make_interval(secs => $4 / 1000.0)
   WHERE id = $1 AND attempt = $2 AND ${isIn('charging')}`;

export const SETTLE_UNSENT = `
  WITH p AS (
    UPDATE order_placements SET state = 'unsent', failure = $2, lease_expires_at = NULL
     WHERE id = $1 AND attempt = 1 AND ${isIn('charging')}
    RETURNING id)
  DELETE FROM idempotency_keys k USING p WHERE k.placement_id = p.id`;

export const TAKE_OVER = `
  WITH taken AS (
    UPDATE order_placements SET state = 'charging', attempt = attempt + 1, lease_expires_at = now() + make_interval(secs => $2 / 1000.0)
     WHERE id = $1 AND (${isIn('unknown')} OR ${isIn('charging')} AND lease_expires_at <= now())
    RETURNING *)
  SELECT ${COLUMNS} FROM taken p`;

export const CLAIM_LAPSED = `
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

export const GIVE_UP_LAPSED = `
  WITH lapsed AS (
    SELECT id FROM order_placements
     WHERE state IN ('charging', 'unknown') AND lease_expires_at <= now() AND created_at <= now() - make_interval(secs => $2 / 1000.0)
     ORDER BY lease_expires_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  given_up AS (
    UPDATE order_placements p SET state = 'unknown', failure = coalesce(failure, 'interrupted'), lease_expires_at = NULL
      FROM lapsed WHERE p.id = lapsed.id
    RETURNING p.id)
  SELECT id FROM given_up`;

/** A key whose placement is not settled outlives its day: it alone leads the client back to the attempt. */
export const REAP_KEYS = `
  WITH expired AS (
    SELECT k.user_id, k.key_hash FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
     WHERE k.expires_at <= now() AND p.state NOT IN ('charging', 'unknown')
     ORDER BY k.expires_at LIMIT $1
       FOR UPDATE OF k SKIP LOCKED),
  reaped AS (
    DELETE FROM idempotency_keys k USING expired e WHERE k.user_id = e.user_id AND k.key_hash = e.key_hash
    RETURNING 1)
  SELECT count(*)::int AS count FROM reaped`;
