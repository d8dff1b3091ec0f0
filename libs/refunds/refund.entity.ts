import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TRACEPARENT_CHECK } from '#tracing';
import { ROLES, User, type Role } from '#users';
import { REFUND_REASONS, type RefundReason } from './refund-reason.js';
import { REFUND_STATES, type RefundState } from './refund-state.js';

/** Money that goes back to a customer. It is written before the provider is asked, so that no refund lacks a record. */
@Entity('refunds')
@Index('refunds_due_idx', ['dueAt'], { where: `state IN ('pending', 'sending', 'unknown')` })
@Index('refunds_escalation_idx', ['dueAt'], { where: `state IN ('sending', 'unknown')` })
@Index('refunds_refunded_idx', ['settledAt'], { where: `state = 'refunded'` })
@Index('refunds_requested_by_key_hash_key', ['requestedBy', 'keyHash'], { unique: true })
@Index('refunds_created_at_id_idx', ['createdAt', 'id'])
@Index('refunds_state_created_at_id_idx', ['state', 'createdAt', 'id'])
@Check('refunds_amount_positive', 'amount_cents > 0')
@Check('refunds_attempts_not_negative', 'attempts >= 0')
@Check('refunds_key_hash_sha256', 'octet_length(key_hash) = 32')
@Check('refunds_traceparent_shape', TRACEPARENT_CHECK)
export class Refund {
  /** Also the provider's Idempotency-Key, the same for all sends. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'refunds_pkey' })
  id: string;

  /** The charge. Names its target by a string, because placements are a layer above refunds. */
  @Column('uuid')
  @ForeignKey('Placement', { name: 'refunds_placement_id_fkey' })
  @Index('refunds_placement_id_idx')
  placementId: string;

  /** Null if the charge became no order. Names its target by a string, because orders are a layer above refunds. */
  @Column('uuid', { nullable: true })
  @ForeignKey('Order', { name: 'refunds_order_id_fkey' })
  @Index('refunds_order_id_idx')
  orderId: string | null;

  @Column('int')
  amountCents: number;

  @Column({ type: 'enum', enum: REFUND_REASONS, enumName: 'refund_reason' })
  reason: RefundReason;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'enum', enum: REFUND_STATES, enumName: 'refund_state', default: 'pending' })
  state: RefundState;

  /** The number of sends. Only the newest one may report anything but that the money went back. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** When an open refund is sent next; during a send, when its lease ends. Null if it is settled or for a manager. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true, default: () => 'now()' })
  dueAt: Date | null;

  /** Since when the provider may have made the refund without an answer. Null if no send has ended so. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  uncertainSince: Date | null;

  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @Column({ type: 'json', nullable: true })
  responsePayload: unknown;

  /** Why the last send had no result. */
  @Column({ type: 'text', nullable: true })
  failure: string | null;

  /** Null if a late charge made the refund due. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => User, { name: 'refunds_requested_by_fkey' })
  requestedBy: string | null;

  /** The role that the user had at the time of the request. */
  @Column({ type: 'enum', enum: ROLES, enumName: 'user_role', nullable: true })
  requestedByRole: Role | null;

  /** The id of the request that asked for the refund. */
  @Column('text')
  requestId: string;

  /** The trace of that request, which the provider's request continues. */
  @Column({ type: 'text', nullable: true })
  traceparent: string | null;

  /** SHA-256 of the Idempotency-Key. Kept with the refund, so that a key never pays twice. */
  @Column('bytea', { nullable: true })
  keyHash: Buffer | null;

  /** SHA-256 of the request that the key stands for. */
  @Column('bytea', { nullable: true })
  fingerprint: Buffer | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  /** When it was refunded or rejected. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  settledAt: Date | null;
}

/** A refund to be sent, and the provider's key of its charge. */
export type ClaimedRefund = Refund & { chargeKey: string };
