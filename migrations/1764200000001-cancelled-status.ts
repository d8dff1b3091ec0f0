import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns of the type `order_status`. */
const COLUMNS = {
  orders: ['status'],
  order_status_transitions: ['from_status', 'to_status'],
  notifications: ['status'],
};

/** PostgreSQL refuses to use the new value before its transaction ends, so no other change belongs to this migration. */
export class CancelledStatus1764200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TYPE order_status ADD VALUE 'cancelled'`);
  }

  /** Fails if an order was cancelled, because the former type cannot hold that. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TYPE order_status RENAME TO order_status_with_cancelled;
      CREATE TYPE order_status AS ENUM ('waiting', 'preparation', 'ready', 'delivered');`);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const changes = columns.map(
        (column) => `ALTER COLUMN ${column} TYPE order_status USING ${column}::text::order_status`,
      );
      await runner.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
    }
    await runner.query('DROP TYPE order_status_with_cancelled');
  }
}
