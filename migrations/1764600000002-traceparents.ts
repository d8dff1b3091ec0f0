import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addCheck } from './online-ddl.js';

/** What is sent later, and so belongs to the trace of the request that caused it. Only notifications lacked the id of that request. */
const TABLES = ['order_placements', 'refunds', 'notifications'];
const SHAPE = `traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'`;

export class Traceparents1764600000002 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notifications ADD COLUMN IF NOT EXISTS request_id text');
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS traceparent text`);
      await addCheck(runner, table, `${table}_traceparent_shape`, SHAPE);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN IF EXISTS traceparent`);
    await runner.query('ALTER TABLE notifications DROP COLUMN IF EXISTS request_id');
  }
}
