import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders and placements from before this migration have no number. The index lists a customer's orders, newest first.
 */
export class OrderNumbersAndNames1764200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE order_numbers AS smallint MINVALUE 1 MAXVALUE 999 CYCLE;
      ALTER TABLE order_placements ADD number int;
      ALTER TABLE orders ADD number int, ADD pickup_name text, ADD note text;
      CREATE INDEX orders_customer_id_created_at_id_idx ON orders (customer_id, created_at, id);
      DROP INDEX orders_customer_id_idx;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX orders_customer_id_idx ON orders (customer_id);
      DROP INDEX orders_customer_id_created_at_id_idx;
      ALTER TABLE orders DROP number, DROP pickup_name, DROP note;
      ALTER TABLE order_placements DROP number;
      DROP SEQUENCE order_numbers;`);
  }
}
