import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

export const NOTIFICATION_STATES = ['pending', 'delivered', 'dead'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** One status change to be told to the notification provider: written with the change, sent by the worker. */
@Entity('notifications')
@Unique('notifications_order_id_sequence_key', ['orderId', 'sequence'])
@Index('notifications_due_idx', ['dueAt'], { where: `state = 'pending'` })
@Index('notifications_created_at_id_idx', ['createdAt', 'id'])
@Index('notifications_state_created_at_id_idx', ['state', 'createdAt', 'id'])
@Check('notifications_attempts_not_negative', 'attempts >= 0')
export class Notification {
  /** Also the `webhook-id` by which the receiver knows a repetition. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'notifications_pkey' })
  id: string;

  @Column('uuid')
  @ForeignKey('Order', { name: 'notifications_order_id_fkey' })
  orderId: string;

  /** Its place among the order's notifications, from 1: they are sent in this order. */
  @Column('int')
  sequence: number;

  /** The order's new status. */
  @Column({ type: 'enum', enum: ['waiting', 'preparation', 'ready', 'delivered'], enumName: 'order_status' })
  status: string;

  @Column({ type: 'enum', enum: NOTIFICATION_STATES, enumName: 'notification_state', default: 'pending' })
  state: NotificationState;

  /** Times it was claimed for sending; also the token that a late result must still match. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** Not to be sent before; a claim moves it past the lease. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  dueAt: Date;

  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @Column({ type: 'jsonb', nullable: true })
  responsePayload: unknown;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deliveredAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
