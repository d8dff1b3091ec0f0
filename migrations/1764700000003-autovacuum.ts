import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By default, autovacuum waits until a fifth of a table is dead: in a table of ten million rows, two million. Percentages of all rows fit
 * tables that change everywhere. These change at their end, so the dead rows of days lie between the rows that are read.
 */
const SETTINGS: readonly { tables: readonly string[]; settings: Readonly<Record<string, number>> }[] = [
  {
    // Every row is updated two to four times within its first minutes. The worker and the board read the end of their indexes.
    tables: ['orders', 'order_placements', 'notifications', 'refunds'],
    settings: { autovacuum_vacuum_scale_factor: 0.02, autovacuum_analyze_scale_factor: 0.02 },
  },
  {
    // Rows are only added, and at most deleted once. A vacuum that finds nothing dead reads only the new pages, and no index: it marks
    // them for index-only scans and freezes them, so that no vacuum has to freeze the whole table at once.
    tables: ['order_items', 'payments', 'order_status_transitions', 'notification_attempts', 'audit_log'],
    settings: { autovacuum_vacuum_insert_scale_factor: 0.02, autovacuum_analyze_scale_factor: 0.02 },
  },
  {
    // As many rows are deleted as added: each vacuum makes the room for the next hour's rows.
    tables: ['idempotency_keys', 'sessions', 'refresh_tokens'],
    settings: { autovacuum_vacuum_scale_factor: 0.05 },
  },
];

/** Takes a lock that lets reads and writes pass, and rewrites nothing. */
export class Autovacuum1764700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { tables, settings } of SETTINGS) {
      const parameters = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
      for (const table of tables) await runner.query(`ALTER TABLE ${table} SET (${parameters.join(', ')})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { tables, settings } of SETTINGS)
      for (const table of tables)
        await runner.query(`ALTER TABLE ${table} RESET (${Object.keys(settings).join(', ')})`);
  }
}
