import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sent later, and so belongs to the trace of the request that caused it. */
const TABLES = ['order_placements', 'refunds', 'notifications'];

export class Traceparents1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN traceparent text,
          ADD CONSTRAINT ${table}_traceparent_shape CHECK (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN traceparent`);
  }
}
