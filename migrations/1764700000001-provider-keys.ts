import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The Idempotency-Key of a charge, if it is not the id of the placement. Adding the column rewrites no row. */
export class ProviderKeys1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_placements ADD COLUMN provider_key uuid');
  }

  /** Fails if there are keys: the former version would send and refund such charges with the id of the placement instead. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM order_placements WHERE provider_key IS NOT NULL) THEN
          RAISE EXCEPTION 'Placements have provider keys that the former version does not know';
        END IF;
      END $$;
      ALTER TABLE order_placements DROP COLUMN provider_key;`);
  }
}
