import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sold out, and until when. Nothing is written when that time passes. */
export class SoldOut1764500000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE products
        ADD COLUMN sold_out boolean NOT NULL DEFAULT false,
        ADD COLUMN sold_out_until timestamptz(3),
        ADD CONSTRAINT products_until_needs_sold_out CHECK (sold_out OR sold_out_until IS NULL);
      ALTER TABLE product_variations
        ADD COLUMN sold_out boolean NOT NULL DEFAULT false,
        ADD COLUMN sold_out_until timestamptz(3),
        ADD CONSTRAINT product_variations_until_needs_sold_out CHECK (sold_out OR sold_out_until IS NULL);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE products DROP COLUMN sold_out, DROP COLUMN sold_out_until;
      ALTER TABLE product_variations DROP COLUMN sold_out, DROP COLUMN sold_out_until;`);
  }
}
