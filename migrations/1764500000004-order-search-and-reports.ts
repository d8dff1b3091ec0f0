import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderSearchAndReports1764500000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX orders_number_created_at_id_idx ON orders (number, created_at, id);
      CREATE INDEX order_status_transitions_cancelled_idx ON order_status_transitions (changed_at) WHERE to_status = 'cancelled';
      CREATE INDEX refunds_refunded_idx ON refunds (settled_at) WHERE state = 'refunded';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX refunds_refunded_idx, order_status_transitions_cancelled_idx, orders_number_created_at_id_idx;`);
  }
}
