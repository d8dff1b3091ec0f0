import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notifications1763900000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE notification_state AS ENUM ('pending', 'delivered', 'dead');
      CREATE TABLE notifications (
        id uuid CONSTRAINT notifications_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT notifications_order_id_fkey REFERENCES orders,
        sequence int NOT NULL,
        status order_status NOT NULL,
        state notification_state NOT NULL DEFAULT 'pending',
        attempts int NOT NULL DEFAULT 0 CONSTRAINT notifications_attempts_not_negative CHECK (attempts >= 0),
        due_at timestamptz(3) NOT NULL DEFAULT now(),
        response_status_code int,
        response_payload jsonb,
        delivered_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT notifications_order_id_sequence_key UNIQUE (order_id, sequence)
      );
      CREATE INDEX notifications_due_idx ON notifications (due_at) WHERE state = 'pending';
      CREATE INDEX notifications_created_at_id_idx ON notifications (created_at, id);
      CREATE INDEX notifications_state_created_at_id_idx ON notifications (state, created_at, id);

      CREATE TABLE notification_attempts (
        notification_id uuid NOT NULL CONSTRAINT notification_attempts_notification_id_fkey REFERENCES notifications,
        attempt int NOT NULL,
        started_at timestamptz(3) NOT NULL,
        duration_ms int NOT NULL,
        response_status_code int,
        response_payload jsonb,
        error text,
        CONSTRAINT notification_attempts_pkey PRIMARY KEY (notification_id, attempt)
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notification_attempts, notifications; DROP TYPE notification_state;');
  }
}
