import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Catalog1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE products (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT products_pkey PRIMARY KEY,
        name text NOT NULL CONSTRAINT products_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
        base_price_cents int NOT NULL CONSTRAINT products_base_price_not_negative CHECK (base_price_cents >= 0),
        withdrawn_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX products_name_key ON products (upper(name COLLATE "und-x-icu")) WHERE withdrawn_at IS NULL;

      CREATE TABLE product_variations (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT product_variations_pkey PRIMARY KEY,
        product_id uuid NOT NULL CONSTRAINT product_variations_product_id_fkey REFERENCES products,
        name text NOT NULL CONSTRAINT product_variations_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
        price_change_cents int NOT NULL,
        position int NOT NULL,
        withdrawn_at timestamptz(3)
      );
      CREATE UNIQUE INDEX product_variations_product_id_name_key ON product_variations (product_id, upper(name COLLATE "und-x-icu")) WHERE withdrawn_at IS NULL;
      CREATE INDEX product_variations_product_id_idx ON product_variations (product_id);`);
    await runner.query(`
      CREATE FUNCTION signal_catalog_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('catalog_changed', '');
        RETURN NULL;
      END $$;
      COMMENT ON FUNCTION signal_catalog_change IS 'Every process forgets the menu it remembers, whoever changed the catalog';
      CREATE TRIGGER products_signal_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON products
        FOR EACH STATEMENT EXECUTE FUNCTION signal_catalog_change();
      CREATE TRIGGER product_variations_signal_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON product_variations
        FOR EACH STATEMENT EXECUTE FUNCTION signal_catalog_change();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE product_variations, products; DROP FUNCTION signal_catalog_change;');
  }
}
