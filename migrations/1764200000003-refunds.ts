import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last migration of its version: it is the first to be reverted, so that a refusal loses nothing. */
export class Refunds1764200000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE refund_reason AS ENUM
        ('customer_request', 'out_of_stock', 'closing', 'duplicate', 'quality', 'no_show', 'other');
      CREATE TYPE refund_state AS ENUM ('pending', 'sending', 'refunded', 'rejected', 'unknown');
      CREATE TYPE refund_resolution_outcome AS ENUM ('refunded', 'not_refunded');

      ALTER TABLE order_placements
        ADD refund_reserved_cents int NOT NULL DEFAULT 0,
        ADD CONSTRAINT order_placements_refunds_within_charge CHECK (refund_reserved_cents BETWEEN 0 AND total_cents) NOT VALID;

      CREATE TABLE refunds (
        id uuid CONSTRAINT refunds_pkey PRIMARY KEY,
        placement_id uuid NOT NULL CONSTRAINT refunds_placement_id_fkey REFERENCES order_placements,
        order_id uuid CONSTRAINT refunds_order_id_fkey REFERENCES orders,
        amount_cents int NOT NULL CONSTRAINT refunds_amount_positive CHECK (amount_cents > 0),
        reason refund_reason NOT NULL,
        note text,
        state refund_state NOT NULL DEFAULT 'pending',
        attempts int NOT NULL DEFAULT 0 CONSTRAINT refunds_attempts_not_negative CHECK (attempts >= 0),
        due_at timestamptz(3) DEFAULT now(),
        uncertain_since timestamptz(3),
        response_status_code int,
        response_payload json,
        failure text,
        requested_by uuid CONSTRAINT refunds_requested_by_fkey REFERENCES users,
        requested_by_role user_role,
        request_id text NOT NULL,
        key_hash bytea CONSTRAINT refunds_key_hash_sha256 CHECK (octet_length(key_hash) = 32),
        fingerprint bytea,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        settled_at timestamptz(3)
      );
      CREATE INDEX refunds_due_idx ON refunds (due_at) WHERE state IN ('pending', 'sending', 'unknown');
      CREATE INDEX refunds_escalation_idx ON refunds (due_at) WHERE state IN ('sending', 'unknown');
      CREATE INDEX refunds_placement_id_idx ON refunds (placement_id);
      CREATE INDEX refunds_order_id_idx ON refunds (order_id);
      CREATE UNIQUE INDEX refunds_requested_by_key_hash_key ON refunds (requested_by, key_hash);
      CREATE INDEX refunds_created_at_id_idx ON refunds (created_at, id);
      CREATE INDEX refunds_state_created_at_id_idx ON refunds (state, created_at, id);

      CREATE TABLE refund_resolutions (
        id uuid CONSTRAINT refund_resolutions_pkey PRIMARY KEY,
        refund_id uuid NOT NULL CONSTRAINT refund_resolutions_refund_id_fkey REFERENCES refunds,
        outcome refund_resolution_outcome NOT NULL,
        note text NOT NULL,
        resolved_by uuid NOT NULL CONSTRAINT refund_resolutions_resolved_by_fkey REFERENCES users,
        resolved_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX refund_resolutions_refund_id_idx ON refund_resolutions (refund_id);
      CREATE INDEX refund_resolutions_resolved_by_idx ON refund_resolutions (resolved_by);`);
    await this.extendTransitions(runner);
    await this.requestDueRefunds(runner);
  }

  /** Fails if there are refunds or cancelled orders, because the former schema cannot hold them. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM refunds) OR EXISTS (SELECT FROM orders WHERE status = 'cancelled') THEN
          RAISE EXCEPTION 'There are refunds or cancelled orders, which would be lost';
        END IF;
      END $$;
      ALTER TABLE order_status_transitions DROP changed_by_role, DROP reason, DROP note;
      DROP TABLE refund_resolutions, refunds;
      ALTER TABLE order_placements DROP refund_reserved_cents;
      DROP TYPE refund_resolution_outcome, refund_state, refund_reason;`);
  }

  /** Only managers could change a status so far. */
  private async extendTransitions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_status_transitions
        ADD changed_by_role user_role NOT NULL DEFAULT 'manager',
        ADD reason refund_reason,
        ADD note text;
      ALTER TABLE order_status_transitions ALTER changed_by_role DROP DEFAULT;`);
  }

  /**
   * Charges whose refund is due get it now. So far managers refunded them at the provider and recorded that afterwards, so some may be
   * paid: a manager resolves them.
   */
  private async requestDueRefunds(runner: QueryRunner): Promise<void> {
    await runner.query(`
      WITH p AS (
        UPDATE order_placements SET refund_reserved_cents = total_cents
         WHERE state = 'refund_due' AND total_cents > 0
        RETURNING *)
      INSERT INTO refunds (id, placement_id, amount_cents, reason, state, due_at, failure,
                           requested_by, requested_by_role, request_id)
      SELECT gen_random_uuid(), p.id, p.total_cents, 'other', 'unknown', NULL, 'older than automatic refunds',
             u.id, u.role, p.request_id
        FROM p
        LEFT JOIN LATERAL (SELECT resolved_by FROM placement_resolutions
                            WHERE placement_id = p.id AND outcome = 'charged' ORDER BY resolved_at LIMIT 1) r ON true
        LEFT JOIN users u ON u.id = r.resolved_by;`);
  }
}
