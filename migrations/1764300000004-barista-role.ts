import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns of the type `user_role`. */
const COLUMNS = {
  users: 'role',
  order_status_transitions: 'changed_by_role',
  refunds: 'requested_by_role',
};

/** PostgreSQL refuses to use the new value before its transaction ends, so no other change belongs to this migration. */
export class BaristaRole1764300000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TYPE user_role ADD VALUE 'barista' BEFORE 'manager'`);
  }

  /** Fails if there is a barista, or was one who changed an order, because the former type cannot hold that. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TYPE user_role RENAME TO user_role_with_barista;
      CREATE TYPE user_role AS ENUM ('customer', 'manager');`);
    for (const [table, column] of Object.entries(COLUMNS))
      await runner.query(
        `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE user_role USING ${column}::text::user_role`,
      );
    await runner.query('DROP TYPE user_role_with_barista');
  }
}
