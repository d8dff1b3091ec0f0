import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { HoursOfDate, WeeklyHours } from './hours.js';

/** The settings of the shop: one row, which a migration inserts. */
@Entity('shop_settings')
@Check('shop_settings_one_row', 'id')
@Check('shop_settings_pause_reason_length', 'char_length(pause_reason) <= 280')
@Check('shop_settings_max_open_orders_positive', 'max_open_orders > 0')
@Check('shop_settings_end_of_pause', 'paused OR paused_until IS NULL AND pause_reason IS NULL')
export class ShopSettings {
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'shop_settings_pkey', default: true })
  id: true;

  @Column('json', { default: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } })
  weekly: WeeklyHours;

  /** Sorted by date. */
  @Column('json', { default: [] })
  exceptions: HoursOfDate[];

  /** Also true after `pausedUntil`: a pause ends without a write. */
  @Column('boolean', { default: false })
  paused: boolean;

  /** Null if the pause has no end. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  pausedUntil: Date | null;

  @Column('text', { nullable: true })
  pauseReason: string | null;

  /** Null without a limit. */
  @Column('int', { nullable: true })
  maxOpenOrders: number | null;
}
