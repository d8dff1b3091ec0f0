import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './online-ddl.js';

/**
 * Until now a notification was dead after 12, 24, 36 … attempts, so a retried one began its series at a multiple of 12.
 * The index finds the placement of an order that does not exist yet.
 */
export class RetriesAndOrderLookup1764100000003 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notifications ADD IF NOT EXISTS attempts_before_retry int NOT NULL DEFAULT 0;
      UPDATE notifications SET attempts_before_retry = attempts / 12 * 12 WHERE state = 'pending' AND attempts >= 12;`);
    await createIndex(runner, 'order_placements_order_id_idx', 'order_placements (order_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndex(runner, 'order_placements_order_id_idx');
    await runner.query('ALTER TABLE notifications DROP IF EXISTS attempts_before_retry');
  }
}
