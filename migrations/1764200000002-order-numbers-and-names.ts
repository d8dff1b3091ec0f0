import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './online-ddl.js';

/**
 * Orders and placements from before this migration have no number. The index lists a customer's orders, newest first.
 */
export class OrderNumbersAndNames1764200000002 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE IF NOT EXISTS order_numbers AS smallint MINVALUE 1 MAXVALUE 999 CYCLE;
      ALTER TABLE order_placements ADD IF NOT EXISTS number int;
      ALTER TABLE orders
        ADD IF NOT EXISTS number int, ADD IF NOT EXISTS pickup_name text, ADD IF NOT EXISTS note text;`);
    await createIndex(runner, 'orders_customer_id_created_at_id_idx', 'orders (customer_id, created_at, id)');
    await dropIndex(runner, 'orders_customer_id_idx');
  }

  async down(runner: QueryRunner): Promise<void> {
    await createIndex(runner, 'orders_customer_id_idx', 'orders (customer_id)');
    await dropIndex(runner, 'orders_customer_id_created_at_id_idx');
    await runner.query(`
      ALTER TABLE orders DROP IF EXISTS number, DROP IF EXISTS pickup_name, DROP IF EXISTS note;
      ALTER TABLE order_placements DROP IF EXISTS number;
      DROP SEQUENCE IF EXISTS order_numbers;`);
  }
}
