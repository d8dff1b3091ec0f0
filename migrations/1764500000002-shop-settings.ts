import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ShopSettings1764500000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shop_settings (
        id boolean NOT NULL DEFAULT true CONSTRAINT shop_settings_pkey PRIMARY KEY CONSTRAINT shop_settings_one_row CHECK (id),
        weekly json NOT NULL DEFAULT '{"mon":[],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]}',
        exceptions json NOT NULL DEFAULT '[]',
        paused boolean NOT NULL DEFAULT false,
        paused_until timestamptz(3),
        pause_reason text CONSTRAINT shop_settings_pause_reason_length CHECK (char_length(pause_reason) <= 280),
        max_open_orders int CONSTRAINT shop_settings_max_open_orders_positive CHECK (max_open_orders > 0),
        CONSTRAINT shop_settings_end_of_pause CHECK (paused OR paused_until IS NULL AND pause_reason IS NULL)
      );
      INSERT INTO shop_settings DEFAULT VALUES;`);
    await runner.query(`
      CREATE FUNCTION signal_shop_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('shop_changed', '');
        RETURN NULL;
      END $$;
      COMMENT ON FUNCTION signal_shop_change IS 'Every process drops its cached settings, also after a change by other means than the API';
      CREATE TRIGGER shop_settings_signal_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON shop_settings
        FOR EACH STATEMENT EXECUTE FUNCTION signal_shop_change();

      CREATE FUNCTION shop_is_full(max_open_orders int) RETURNS boolean STABLE LANGUAGE sql AS $$
        SELECT count(*) >= max_open_orders FROM (
          (SELECT FROM orders WHERE status IN ('waiting', 'preparation', 'ready') LIMIT max_open_orders)
          UNION ALL
          (SELECT FROM order_placements WHERE state IN ('charging', 'unknown') LIMIT max_open_orders)) AS open
      $$;
      COMMENT ON FUNCTION shop_is_full IS 'Whether this many orders are open, those included whose charge runs or is unknown';

      CREATE FUNCTION shop_has_room(max_open_orders int, placement uuid) RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$
      BEGIN
        -- The next statements see what the last holder of the lock has committed, because a volatile function gives each a new snapshot.
        PERFORM pg_advisory_xact_lock(hashtext('shop_has_room'));
        RETURN EXISTS (SELECT FROM order_placements WHERE id = placement) OR NOT shop_is_full(max_open_orders);
      END $$;
      COMMENT ON FUNCTION shop_has_room IS 'Whether one more placement may begin; until the transaction ends, no other does. True for a placement that is written already';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION shop_has_room, shop_is_full;
      DROP TABLE shop_settings;
      DROP FUNCTION signal_shop_change;`);
  }
}
