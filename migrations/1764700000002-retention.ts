import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A placement needs no draft once it is placed and its key has expired: the order holds the same. No row is rewritten here. The clean-ups
 * of the worker go through whole tables once, and remember how far they are.
 */
export class Retention1764700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_placements ALTER COLUMN draft DROP NOT NULL;
      CREATE TABLE cleanup_positions (
        name text CONSTRAINT cleanup_positions_pkey PRIMARY KEY,
        created_at timestamptz(3) NOT NULL DEFAULT '-infinity',
        id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
      );
      INSERT INTO cleanup_positions (name) VALUES ('order drafts'), ('placements'), ('notifications'), ('refunds');`);
  }

  /** The former version reads drafts only for replays, and these have none any more. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE order_placements SET draft = '{"items": [], "metadata": null}' WHERE draft IS NULL;
      ALTER TABLE order_placements ALTER COLUMN draft SET NOT NULL;
      DROP TABLE cleanup_positions;`);
  }
}
