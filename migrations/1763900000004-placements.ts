import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Placements1763900000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE placement_state AS ENUM
        ('charging', 'placed', 'declined', 'declined_unconfirmed', 'unknown', 'unsent', 'refund_due');
      CREATE TABLE order_placements (
        id uuid CONSTRAINT order_placements_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT order_placements_order_id_key UNIQUE,
        payment_id uuid NOT NULL,
        customer_id uuid NOT NULL CONSTRAINT order_placements_customer_id_fkey REFERENCES users,
        total_cents int NOT NULL CONSTRAINT order_placements_total_not_negative CHECK (total_cents >= 0),
        draft json NOT NULL,
        state placement_state NOT NULL,
        attempt int NOT NULL DEFAULT 1,
        lease_expires_at timestamptz(3),
        request_id text NOT NULL,
        response_status_code int,
        response_payload json,
        failure text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        settled_at timestamptz(3)
      );
      CREATE INDEX order_placements_customer_id_idx ON order_placements (customer_id);
      CREATE INDEX order_placements_lease_idx ON order_placements (lease_expires_at) WHERE state IN ('charging', 'unknown');
      CREATE INDEX order_placements_created_at_id_idx ON order_placements (created_at, id);
      CREATE INDEX order_placements_state_created_at_id_idx ON order_placements (state, created_at, id);

      CREATE TYPE resolution_outcome AS ENUM ('charged', 'not_charged');
      CREATE TABLE placement_resolutions (
        id uuid CONSTRAINT placement_resolutions_pkey PRIMARY KEY,
        placement_id uuid NOT NULL CONSTRAINT placement_resolutions_placement_id_fkey REFERENCES order_placements,
        outcome resolution_outcome NOT NULL,
        note text NOT NULL,
        resolved_by uuid NOT NULL CONSTRAINT placement_resolutions_resolved_by_fkey REFERENCES users,
        resolved_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX placement_resolutions_placement_id_idx ON placement_resolutions (placement_id);
      CREATE INDEX placement_resolutions_resolved_by_idx ON placement_resolutions (resolved_by);

      CREATE TABLE idempotency_keys (
        user_id uuid NOT NULL CONSTRAINT idempotency_keys_user_id_fkey REFERENCES users,
        key_hash bytea NOT NULL CONSTRAINT idempotency_keys_key_hash_sha256 CHECK (octet_length(key_hash) = 32),
        fingerprint bytea NOT NULL,
        placement_id uuid NOT NULL CONSTRAINT idempotency_keys_placement_id_fkey REFERENCES order_placements,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key_hash)
      );
      CREATE UNIQUE INDEX idempotency_keys_placement_id_key ON idempotency_keys (placement_id);
      CREATE INDEX idempotency_keys_expires_at_idx ON idempotency_keys (expires_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE idempotency_keys, placement_resolutions, order_placements;
      DROP TYPE resolution_outcome, placement_state;`);
  }
}
