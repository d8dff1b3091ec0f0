import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Notification } from './notification.entity.js';

/** One send of a notification and its result. */
@Entity('notification_attempts')
export class NotificationAttempt {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'notification_attempts_pkey' })
  @ForeignKey(() => Notification, { name: 'notification_attempts_notification_id_fkey' })
  notificationId: string;

  /** Counts from 1 and continues after a manual retry. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'notification_attempts_pkey' })
  attempt: number;

  @Column({ type: 'timestamptz', precision: 3 })
  startedAt: Date;

  @Column('int')
  durationMs: number;

  /** Null if no response came. */
  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @Column({ type: 'json', nullable: true })
  responsePayload: unknown;

  /** Why no response came. */
  @Column({ type: 'text', nullable: true })
  error: string | null;
}
