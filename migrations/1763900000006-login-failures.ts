import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LoginFailures1763900000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE login_failures (
        key varchar(255) CONSTRAINT login_failures_pkey PRIMARY KEY,
        points int NOT NULL DEFAULT 0,
        expire bigint
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE login_failures;');
  }
}
