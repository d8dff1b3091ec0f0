import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditLog1764300000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_log (
        id uuid CONSTRAINT audit_log_pkey PRIMARY KEY,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        actor_id uuid,
        actor_role text,
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid,
        before json,
        after json,
        reason text,
        request_id text
      );
      CREATE INDEX audit_log_created_at_id_idx ON audit_log (created_at, id);
      CREATE INDEX audit_log_actor_id_created_at_id_idx ON audit_log (actor_id, created_at, id);
      CREATE INDEX audit_log_action_created_at_id_idx ON audit_log (action, created_at, id);
      CREATE INDEX audit_log_subject_id_created_at_id_idx ON audit_log (subject_id, created_at, id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_log;');
  }
}
