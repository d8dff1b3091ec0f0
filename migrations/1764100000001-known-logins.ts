import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KnownLogins1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_logins (
        key varchar(255) CONSTRAINT known_logins_pkey PRIMARY KEY,
        points int NOT NULL DEFAULT 0,
        expire bigint
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_logins;');
  }
}
