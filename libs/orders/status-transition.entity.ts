import { Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '#auth';
import { ORDER_STATUSES, type OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';

/** A status change of an order: who made it and when. The key prevents a second change to the same status. */
@Entity('order_status_transitions')
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

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  changedAt: Date;
}
