import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User, type Role } from '#users';
import {
  CANCELLABLE,
  ORDER_STATUSES,
  ORDER_TRANSITIONS,
  type OrderStatus,
  type ProgressStatus,
} from './order-status.js';
import { InvalidTransition, OrderDelivered, OrderInPreparation } from './orders.errors.js';

/** The number 1 follows it. */
export const MAX_ORDER_NUMBER = 999;

/** A paid order. */
@Entity('orders')
@Index('orders_created_at_id_idx', ['createdAt', 'id'])
@Index('orders_customer_id_created_at_id_idx', ['customerId', 'createdAt', 'id'])
@Index('orders_status_created_at_id_idx', ['status', 'createdAt', 'id'])
@Index('orders_number_created_at_id_idx', ['number', 'createdAt', 'id'])
@Check('orders_total_not_negative', 'total_cents >= 0')
export class Order {
  /** Allocated with the placement, before the charge. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'orders_pkey' })
  id: string;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'orders_customer_id_fkey' })
  customerId: string;

  @Column({ type: 'enum', enum: ORDER_STATUSES, enumName: 'order_status' })
  status: OrderStatus;

  @Column('int')
  totalCents: number;

  /** What the customer is called by, 1 to 999. Null if the order was placed before there were numbers. */
  @Column({ type: 'int', nullable: true })
  number: number | null;

  @Column({ type: 'text', nullable: true })
  pickupName: string | null;

  /** The customer's wishes. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** Stored as json, which keeps the text: jsonb writes 1e-300 with 302 characters. */
  @Column({ type: 'json', nullable: true })
  metadata: Record<string, unknown> | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt: Date;

  /**
   * Moves to the next status.
   * @throws InvalidTransition if the status may not follow the present one
   */
  transitionTo(status: ProgressStatus): void {
    if (!ORDER_TRANSITIONS[this.status].includes(status)) throw new InvalidTransition(this.status);
    this.status = status;
  }

  /**
   * Cancels the order for a user of this role.
   * @throws OrderDelivered, OrderInPreparation
   */
  cancel(role: Role): void {
    if (this.status === 'delivered') throw new OrderDelivered();
    if (!CANCELLABLE[role].includes(this.status)) throw new OrderInPreparation();
    this.status = 'cancelled';
  }
}
