import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { TRACEPARENT_CHECK } from '#tracing';
import { NOTIFICATION_STATES, type NotificationState } from './notification-state.js';

/** The statuses of an order, which are a layer above. A test compares them with the database. */
const STATUSES = ['waiting', 'preparation', 'ready', 'delivered', 'cancelled'];

/** A status change that the notification provider must receive: written with the change, sent by the worker. */
@Entity('notifications')
@Unique('notifications_order_id_sequence_key', ['orderId', 'sequence'])
@Index('notifications_due_idx', ['dueAt'], { where: `state = 'pending'` })
@Index('notifications_created_at_id_idx', ['createdAt', 'id'])
@Index('notifications_state_created_at_id_idx', ['state', 'createdAt', 'id'])
@Check('notifications_attempts_not_negative', 'attempts >= 0')
@Check('notifications_traceparent_shape', TRACEPARENT_CHECK)
export class Notification {
  /** Also the `webhook-id`, by which the receiver recognizes a repetition. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'notifications_pkey' })
  id: string;

  /** Names its target by a string, because orders are a layer above notifications. */
  @Column('uuid')
  @ForeignKey('Order', { name: 'notifications_order_id_fkey' })
  orderId: string;

  /**
   * The number of the notification within its order, from 1, also the `webhook-sequence`. Notifications of an order are sent in this
   * order. It never changes, so the receiver recognizes a retried one that arrives after later ones.
   */
  @Column('int')
  sequence: number;

  /** The order's new status. */
  @Column({ type: 'enum', enum: STATUSES, enumName: 'order_status' })
  status: string;

  @Column({ type: 'enum', enum: NOTIFICATION_STATES, enumName: 'notification_state', default: 'pending' })
  state: NotificationState;

  /** How often the notification was claimed for sending. A result counts only if this number has not changed since its claim. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** The value of `attempts` at the last manual retry, which starts a new series of attempts. */
  @Column({ type: 'int', default: 0 })
  attemptsBeforeRetry: number;

  /** The id of the request that caused the status change. Null if the notification is older than this column. */
  @Column({ type: 'text', nullable: true })
  requestId: string | null;

  /** The trace of that request, which each send continues. */
  @Column({ type: 'text', nullable: true })
  traceparent: string | null;

  /** When a pending notification is sent next. A claim moves it past the lease. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  dueAt: Date;

  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @Column({ type: 'json', nullable: true })
  responsePayload: unknown;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deliveredAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
