import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Users1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE user_role AS ENUM ('customer', 'manager');
      CREATE TABLE users (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT users_pkey PRIMARY KEY,
        email text NOT NULL CONSTRAINT users_email_key UNIQUE CONSTRAINT users_email_lower_case CHECK (email = lower(email)),
        hashed_password text NOT NULL,
        role user_role NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE users; DROP TYPE user_role;');
  }
}
