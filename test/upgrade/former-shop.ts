import { randomUUID } from 'node:crypto';
import { migrate, MigrationDataSource } from '#database';
import { migrations } from '../../migrations/index.js';
import { LinesWithoutVariation1764100000005 } from '../../migrations/1764100000005-lines-without-variation.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

/** Those of the version before refunds. */
const FORMER = migrations.slice(0, migrations.indexOf(LinesWithoutVariation1764100000005) + 1);

const PRODUCT_ID = '0198f6a0-0000-7000-8000-000000000001';
const VARIATION_ID = '0198f6a0-0000-7000-8000-000000000002';
const CUSTOMER_ID = '0198f6a0-0000-7000-8000-000000000003';
export const MANAGER_ID = '0198f6a0-0000-7000-8000-000000000004';
export const OTHER_MANAGER_ID = '0198f6a0-0000-7000-8000-000000000005';
const PLACED_AT = '2025-11-01T08:00:00.123Z';
export const TOTAL_CENTS = 860;

interface FormerOrder {
  orderId: string;
  placementId: string;
}

/** A database as the version before refunds left it, with the users of the development seed. */
export class FormerShop {
  private constructor(readonly database: TestDatabase) {}

  static async create(): Promise<FormerShop> {
    const database = await createEmptyDatabase();
    await migrate(database.url, FORMER);
    await database.query(`
      INSERT INTO users (id, email, role, hashed_password) VALUES
        ('${CUSTOMER_ID}', 'customer@example.com', 'customer',
         '$argon2id$v=19$m=19456,t=2,p=1$mhi0jQ6CkJHBURiYvgjxRw$8AMIqc6Gh1h+tskMrggcpHto/9Yo4Q5IY8k13aGYgK8'),
        ('${MANAGER_ID}', 'manager@example.com', 'manager',
         '$argon2id$v=19$m=19456,t=2,p=1$iI9Rm8UfsTz5hKG1N/gGUw$ui0Sr2pofNgUQg3cNWVU8PGGtU6mnzf7fYo5xV6nBWU'),
        ('${OTHER_MANAGER_ID}', 'other@example.com', 'manager', 'none');
      INSERT INTO products (id, name, base_price_cents) VALUES ('${PRODUCT_ID}', 'Latte', 400);
      INSERT INTO product_variations (id, product_id, name, price_change_cents, position)
      VALUES ('${VARIATION_ID}', '${PRODUCT_ID}', 'Vanilla', 30, 0);`);
    return new FormerShop(database);
  }

  /** Inserts an order of two lattes in preparation, whose notification is not delivered yet. */
  async insertOrder(unitPriceCents = TOTAL_CENTS / 2): Promise<FormerOrder> {
    const totalCents = unitPriceCents * 2;
    const [orderId, paymentId, lineId] = [randomUUID(), randomUUID(), randomUUID()];
    const placementId = await this.insertPlacement({ state: 'placed', orderId, paymentId, totalCents });
    await this.database.query(`
      INSERT INTO orders (id, customer_id, status, total_cents, metadata, created_at, updated_at)
      VALUES ('${orderId}', '${CUSTOMER_ID}', 'preparation', ${totalCents}, '{"table":4}', '${PLACED_AT}',
              '2025-11-01T08:01:00.123Z');
      INSERT INTO order_items (id, order_id, position, product_id, variation_id, product_name, variation_name, quantity,
                               product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
      VALUES ('${lineId}', '${orderId}', 0, '${PRODUCT_ID}', '${VARIATION_ID}', 'Latte', 'Vanilla', 2, ${unitPriceCents}, 0,
              ${unitPriceCents}, ${totalCents});
      INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code, created_at)
      VALUES ('${paymentId}', '${orderId}', ${totalCents}, '{"value":${totalCents}}', '{"status":"approved"}', 200,
              '${PLACED_AT}');
      INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by, changed_at)
      VALUES ('${orderId}', 'waiting', 'preparation', '${MANAGER_ID}', '2025-11-01T08:01:00.123Z');
      INSERT INTO notifications (id, order_id, sequence, status)
      VALUES ('${randomUUID()}', '${orderId}', 1, 'preparation');`);
    return { orderId, placementId };
  }

  /**
   * Inserts a declined placement whose charge is to be refunded. Returns its id.
   * @param resolutions what managers found before, the oldest first
   */
  async insertDue(
    resolutions: [outcome: 'charged' | 'not_charged', by: string][],
    totalCents = TOTAL_CENTS,
  ): Promise<string> {
    const id = await this.insertPlacement({ state: 'refund_due', totalCents });
    for (const [minute, [outcome, by]] of resolutions.entries()) {
      await this.database.query(`
        INSERT INTO placement_resolutions (id, placement_id, outcome, note, resolved_by, resolved_at)
        VALUES ('${randomUUID()}', '${id}', '${outcome}', 'in the ledger', '${by}', '2025-11-01T09:0${minute}:00Z')`);
    }
    return id;
  }

  /** Runs the newer migrations. */
  async upgrade(): Promise<void> {
    await migrate(this.database.url, migrations);
  }

  /** Reverts the newer migrations, one after the other. */
  async downgrade(): Promise<void> {
    const dataSource = await new MigrationDataSource(this.database.url, { migrations }).initialize();
    try {
      for (let newer = migrations.length; newer > FORMER.length; newer -= 1)
        await dataSource.undoLastMigration();
    } finally {
      await dataSource.destroy();
    }
  }

  /** Returns the rows of all tables, without the list of migrations. */
  async contents(): Promise<Map<string, unknown[]>> {
    const tables = await this.database.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY tablename`,
    );
    const contents = new Map<string, unknown[]>();
    for (const { name } of tables) {
      const rows = await this.database.query(`SELECT row_to_json(t) AS row FROM ${name} t ORDER BY t::text`);
      contents.set(name, rows);
    }
    return contents;
  }

  private async insertPlacement({
    state,
    totalCents,
    orderId = randomUUID(),
    paymentId = randomUUID(),
  }: {
    state: 'placed' | 'refund_due';
    totalCents: number;
    orderId?: string;
    paymentId?: string;
  }): Promise<string> {
    const id = randomUUID();
    const line = { id: randomUUID(), productId: PRODUCT_ID, variationId: VARIATION_ID, quantity: 2 };
    const names = { productName: 'Latte', variationName: 'Vanilla' };
    const unitPriceCents = totalCents / 2;
    const prices = { productBasePriceCents: unitPriceCents, variationPriceChangeCents: 0, unitPriceCents };
    const items = [{ ...line, ...names, ...prices, lineTotalCents: totalCents }];
    await this.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, state, request_id,
                                     response_status_code, response_payload, created_at, settled_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'former', 200, '{"status":"approved"}', $8, $8)`,
      [
        ...[id, orderId, paymentId, CUSTOMER_ID, totalCents],
        ...[JSON.stringify({ items, metadata: { table: 4 } }), state, PLACED_AT],
      ],
    );
    return id;
  }
}
