import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sent later, and so belongs to the trace of the request that caused it. Only notifications lacked the id of that request. */
const TABLES = ['order_placements', 'refunds', 'notifications'];

export class Traceparents1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notifications ADD COLUMN request_id text');
    for (const table of TABLES)
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN traceparent text,
          ADD CONSTRAINT ${table}_traceparent_shape CHECK (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN traceparent`);
    await runner.query('ALTER TABLE notifications DROP COLUMN request_id');
  }
}
