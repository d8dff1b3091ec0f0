import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns that hold JSON of clients and providers. */
const COLUMNS = {
  orders: ['metadata'],
  payments: ['request_payload', 'response_payload'],
  notifications: ['response_payload'],
  notification_attempts: ['response_payload'],
};

/**
 * jsonb writes every digit of a number: 1e-300 takes 302 characters, so that metadata of 4 KB became up to 180 KB. json keeps the text
 * as it was sent and measured.
 */
export class JsonAsText1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.changeTypes(runner, 'json');
    // The draft has the metadata as it was sent.
    await runner.query(`
      UPDATE orders o SET metadata = (p.draft->>'metadata')::json FROM order_placements p
       WHERE p.order_id = o.id AND p.state = 'placed' AND octet_length(o.metadata::text) > 4096;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.changeTypes(runner, 'jsonb');
  }

  private async changeTypes(runner: QueryRunner, type: 'json' | 'jsonb'): Promise<void> {
    // Each ALTER TABLE writes its whole table again.
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const changes = columns.map((column) => `ALTER COLUMN ${column} TYPE ${type} USING ${column}::${type}`);
      await runner.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
    }
  }
}
