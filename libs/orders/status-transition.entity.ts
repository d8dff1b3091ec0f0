import { Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { REFUND_REASONS, type RefundReason } from '#refunds';
import { ROLES, User, type Role } from '#users';
import { ORDER_STATUSES, type OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';

/** A status change of an order: who made it, when and, if it was cancelled, why. The key prevents a second change to the same status. */
@Entity('order_status_transitions')
@Index('order_status_transitions_cancelled_idx', ['changedAt'], { where: `to_status = 'cancelled'` })
export class StatusTransition {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'order_status_transitions_pkey' })
  @ForeignKey(() => Order, { name: 'order_status_transitions_order_id_fkey' })
  orderId: string;

  @PrimaryColumn({
    type: 'enum',
    enum: ORDER_STATUSES,
    enumName: 'order_status',
    primaryKeyConstraintName: 'order_status_transitions_pkey',
  })
  toStatus: OrderStatus;

  @Column({ type: 'enum', enum: ORDER_STATUSES, enumName: 'order_status' })
  fromStatus: OrderStatus;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'order_status_transitions_changed_by_fkey' })
  @Index('order_status_transitions_changed_by_idx')
  changedBy: string;

  /** The role that the user had at that time. */
  @Column({ type: 'enum', enum: ROLES, enumName: 'user_role' })
  changedByRole: Role;

  /** Why the order was cancelled. */
  @Column({ type: 'enum', enum: REFUND_REASONS, enumName: 'refund_reason', nullable: true })
  reason: RefundReason | null;

  /** A note on the cancellation. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  changedAt: Date;
}
