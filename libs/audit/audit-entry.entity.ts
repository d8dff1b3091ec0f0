import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AuditAction, AuditSubjectType } from './audit-action.js';

/** A change that a member of the staff or a command made. Entries are written with the change and never changed. */
@Entity('audit_log')
@Index('audit_log_created_at_id_idx', ['createdAt', 'id'])
@Index('audit_log_actor_id_created_at_id_idx', ['actorId', 'createdAt', 'id'])
@Index('audit_log_action_created_at_id_idx', ['action', 'createdAt', 'id'])
@Index('audit_log_subject_id_created_at_id_idx', ['subjectId', 'createdAt', 'id'])
export class AuditEntry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_log_pkey' })
  id: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  /** Null for a command. */
  @Column('uuid', { nullable: true })
  actorId: string | null;

  /** The role that the actor had at that time. */
  @Column('text', { nullable: true })
  actorRole: string | null;

  @Column('text')
  action: AuditAction;

  @Column('text')
  subjectType: AuditSubjectType;

  /** Null if the change has several subjects. */
  @Column('uuid', { nullable: true })
  subjectId: string | null;

  /** The changed state before the change, with the names of the API. Null if the subject is new. */
  @Column('json', { nullable: true })
  before: object | null;

  /** The changed state after the change. Null if the subject is gone. */
  @Column('json', { nullable: true })
  after: object | null;

  @Column('text', { nullable: true })
  reason: string | null;

  /** The request that asked for the change. Null for a command. */
  @Column('text', { nullable: true })
  requestId: string | null;
}
