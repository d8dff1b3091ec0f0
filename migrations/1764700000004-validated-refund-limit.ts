import type { MigrationInterface, QueryRunner } from 'typeorm';
import { validateCheck } from './online-ddl.js';

/** The limit came with refunds, for new rows only: checking the old ones there would have made orders wait. */
export class ValidatedRefundLimit1764700000004 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await validateCheck(runner, 'order_placements', 'order_placements_refunds_within_charge');
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
