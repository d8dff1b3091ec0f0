import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A product without variations can be ordered; its line has no variation. */
export class LinesWithoutVariation1764100000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_items
        ALTER COLUMN variation_id DROP NOT NULL,
        ALTER COLUMN variation_name DROP NOT NULL;`);
  }

  /** Fails if there are lines without a variation, because the former schema cannot hold them. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_items
        ALTER COLUMN variation_id SET NOT NULL,
        ALTER COLUMN variation_name SET NOT NULL;`);
  }
}
