import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StreamTickets1764500000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE stream_tickets (
        hash bytea CONSTRAINT stream_tickets_pkey PRIMARY KEY CONSTRAINT stream_tickets_hash_sha256 CHECK (octet_length(hash) = 32),
        user_id uuid NOT NULL CONSTRAINT stream_tickets_user_id_fkey REFERENCES users,
        role user_role NOT NULL,
        session_id uuid,
        issued_at float8 NOT NULL,
        token_expires_at float8 NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX stream_tickets_expires_at_idx ON stream_tickets (expires_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE stream_tickets;');
  }
}
