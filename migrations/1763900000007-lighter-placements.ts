import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './online-ddl.js';

/**
 * Placements are written twice an order, so that each index of theirs is paid for twice. Nearly all are placed: who lists those finds
 * them by their time, and only the others need to be found by their state. That an order has one placement, its primary key says.
 */
export class LighterPlacements1763900000007 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await createIndex(
      runner,
      'order_placements_not_placed_idx',
      `order_placements (state, created_at, id) WHERE state <> 'placed'`,
    );
    await dropIndex(runner, 'order_placements_state_created_at_id_idx');
    await runner.query(
      'ALTER TABLE order_placements DROP CONSTRAINT IF EXISTS order_placements_order_id_key',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_placements DROP CONSTRAINT IF EXISTS order_placements_order_id_key,
        ADD CONSTRAINT order_placements_order_id_key UNIQUE (order_id)`);
    await createIndex(
      runner,
      'order_placements_state_created_at_id_idx',
      'order_placements (state, created_at, id)',
    );
    await dropIndex(runner, 'order_placements_not_placed_idx');
  }
}
