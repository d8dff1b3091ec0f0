import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './online-ddl.js';

const INDEXES = {
  orders_number_created_at_id_idx: 'orders (number, created_at, id)',
  order_status_transitions_cancelled_idx: `order_status_transitions (changed_at) WHERE to_status = 'cancelled'`,
  refunds_refunded_idx: `refunds (settled_at) WHERE state = 'refunded'`,
};

export class OrderSearchAndReports1764500000004 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES)) await createIndex(runner, name, definition);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await dropIndex(runner, name);
  }
}
