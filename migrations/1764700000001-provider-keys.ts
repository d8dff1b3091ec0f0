import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The Idempotency-Key of a charge, if it is not the id of the placement. Adding the column rewrites no row. */
export class ProviderKeys1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_placements ADD COLUMN provider_key uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_placements DROP COLUMN provider_key');
  }
}
