import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Placements are written twice an order, so that each index of theirs is paid for twice. Nearly all are placed: who lists those finds
 * them by their time, and only the others need to be found by their state. That an order has one placement, its primary key says.
 */
export class LighterPlacements1763900000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX order_placements_not_placed_idx ON order_placements (state, created_at, id) WHERE state <> 'placed';
      DROP INDEX order_placements_state_created_at_id_idx;
      ALTER TABLE order_placements DROP CONSTRAINT order_placements_order_id_key;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_placements ADD CONSTRAINT order_placements_order_id_key UNIQUE (order_id);
      CREATE INDEX order_placements_state_created_at_id_idx ON order_placements (state, created_at, id);
      DROP INDEX order_placements_not_placed_idx;`);
  }
}
