import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UserAccounts1764300000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN disabled boolean NOT NULL DEFAULT false,
        ADD COLUMN tokens_valid_after timestamptz(3);
      CREATE INDEX users_created_at_id_idx ON users (created_at, id);
      CREATE INDEX users_role_created_at_id_idx ON users (role, created_at, id);
      CREATE TABLE registration_attempts (
        key varchar(255) CONSTRAINT registration_attempts_pkey PRIMARY KEY,
        points int NOT NULL DEFAULT 0,
        expire bigint
      );`);
  }

  /** Fails if a user is disabled, who could log in again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users ADD CONSTRAINT users_enabled CHECK (NOT disabled);
      DROP TABLE registration_attempts;
      DROP INDEX users_role_created_at_id_idx, users_created_at_id_idx;
      ALTER TABLE users DROP COLUMN tokens_valid_after, DROP COLUMN disabled;`);
  }
}
