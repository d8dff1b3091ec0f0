import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Until now a notification was dead after 12, 24, 36 … attempts, so a retried one began its series at a multiple of 12.
 * The index finds the placement of an order that does not exist yet.
 */
export class RetriesAndOrderLookup1764100000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notifications ADD attempts_before_retry int NOT NULL DEFAULT 0;
      UPDATE notifications SET attempts_before_retry = attempts / 12 * 12 WHERE state = 'pending' AND attempts >= 12;
      CREATE INDEX order_placements_order_id_idx ON order_placements (order_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX order_placements_order_id_idx;
      ALTER TABLE notifications DROP attempts_before_retry;`);
  }
}
