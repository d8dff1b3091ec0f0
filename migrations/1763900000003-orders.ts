import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Orders1763900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE order_status AS ENUM ('waiting', 'preparation', 'ready', 'delivered');
      CREATE TABLE orders (
        id uuid CONSTRAINT orders_pkey PRIMARY KEY,
        customer_id uuid NOT NULL CONSTRAINT orders_customer_id_fkey REFERENCES users,
        status order_status NOT NULL,
        total_cents int NOT NULL CONSTRAINT orders_total_not_negative CHECK (total_cents >= 0),
        metadata jsonb,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX orders_customer_id_idx ON orders (customer_id);
      CREATE INDEX orders_created_at_id_idx ON orders (created_at, id);
      CREATE INDEX orders_status_created_at_id_idx ON orders (status, created_at, id);

      CREATE TABLE order_items (
        id uuid CONSTRAINT order_items_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT order_items_order_id_fkey REFERENCES orders,
        position int NOT NULL,
        product_id uuid NOT NULL CONSTRAINT order_items_product_id_fkey REFERENCES products,
        variation_id uuid NOT NULL CONSTRAINT order_items_variation_id_fkey REFERENCES product_variations,
        product_name text NOT NULL,
        variation_name text NOT NULL,
        quantity int NOT NULL CONSTRAINT order_items_quantity_positive CHECK (quantity > 0),
        product_base_price_cents int NOT NULL,
        variation_price_change_cents int NOT NULL,
        unit_price_cents int NOT NULL CONSTRAINT order_items_unit_price_not_negative CHECK (unit_price_cents >= 0),
        line_total_cents int NOT NULL,
        CONSTRAINT order_items_unit_price_sum CHECK (unit_price_cents = product_base_price_cents + variation_price_change_cents),
        CONSTRAINT order_items_line_total_product CHECK (line_total_cents = unit_price_cents * quantity),
        CONSTRAINT order_items_order_id_position_key UNIQUE (order_id, position)
      );
      CREATE INDEX order_items_product_id_idx ON order_items (product_id);
      CREATE INDEX order_items_variation_id_idx ON order_items (variation_id);

      CREATE TABLE payments (
        id uuid CONSTRAINT payments_pkey PRIMARY KEY,
        order_id uuid NOT NULL CONSTRAINT payments_order_id_key UNIQUE CONSTRAINT payments_order_id_fkey REFERENCES orders,
        amount_cents int NOT NULL CONSTRAINT payments_amount_not_negative CHECK (amount_cents >= 0),
        request_payload jsonb NOT NULL,
        response_payload jsonb,
        response_status_code int,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );

      CREATE TABLE order_status_transitions (
        order_id uuid NOT NULL CONSTRAINT order_status_transitions_order_id_fkey REFERENCES orders,
        to_status order_status NOT NULL,
        from_status order_status NOT NULL,
        changed_by uuid NOT NULL CONSTRAINT order_status_transitions_changed_by_fkey REFERENCES users,
        changed_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT order_status_transitions_pkey PRIMARY KEY (order_id, to_status)
      );
      CREATE INDEX order_status_transitions_changed_by_idx ON order_status_transitions (changed_by);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE order_status_transitions, payments, order_items, orders; DROP TYPE order_status;',
    );
  }
}
