import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TRACEPARENT_CHECK } from '#tracing';
import { User } from '#users';
import type { FormerOrderDraft, OrderDraft } from './order-draft.js';
import { PLACEMENT_STATES, type PlacementState } from './placement-state.js';

/** One attempt to place an order. It is written before the charge is sent, so that no charge lacks a record. */
@Entity('order_placements')
@Index('order_placements_lease_idx', ['leaseExpiresAt'], { where: `state IN ('charging', 'unknown')` })
@Index('order_placements_created_at_id_idx', ['createdAt', 'id'])
@Index('order_placements_not_placed_idx', ['state', 'createdAt', 'id'], { where: `state <> 'placed'` })
@Check('order_placements_total_not_negative', 'total_cents >= 0')
@Check('order_placements_refunds_within_charge', 'refund_reserved_cents BETWEEN 0 AND total_cents')
@Check('order_placements_traceparent_shape', TRACEPARENT_CHECK)
export class Placement {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'order_placements_pkey' })
  id: string;

  /** The provider's Idempotency-Key, for which it charges once. Null if it is the id: see providerKeyOf. Never changes. */
  @Column({ type: 'uuid', nullable: true })
  providerKey: string | null;

  /** The id of the order that an approved charge creates. */
  @Column('uuid')
  @Index('order_placements_order_id_idx')
  orderId: string;

  @Column('uuid')
  paymentId: string;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'order_placements_customer_id_fkey' })
  @Index('order_placements_customer_id_idx')
  customerId: string;

  @Column('int')
  totalCents: number;

  /** The sum of all refunds of this charge that are not rejected. The constraint is the last guard against refunding too much. */
  @Column({ type: 'int', default: 0 })
  refundReservedCents: number;

  /**
   * Stored as json, which keeps the text: a replay shows the metadata's members in the customer's order. Null once nobody can replay
   * it: the key of an order has expired, or the retention of another settled placement is over.
   */
  @Column({ type: 'json', nullable: true })
  draft: OrderDraft | FormerOrderDraft | null;

  /** The number of the order. Null if the placement began before there were numbers, or its begin was never confirmed. */
  @Column({ type: 'int', nullable: true })
  number: number | null;

  @Column({ type: 'enum', enum: PLACEMENT_STATES, enumName: 'placement_state' })
  state: PlacementState;

  /** The number of sends. Only the newest one may report that its outcome is unknown or that nothing was sent. */
  @Column({ type: 'int', default: 1 })
  attempt: number;

  /** Until then the attempt belongs to its sender; afterwards the recovery may take it. Null if it is settled or for a manager. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leaseExpiresAt: Date | null;

  /** The id of the request that created the placement. */
  @Column('text')
  requestId: string;

  /** The trace of that request: the charge and the notification continue it. */
  @Column({ type: 'text', nullable: true })
  traceparent: string | null;

  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @Column({ type: 'json', nullable: true })
  responsePayload: unknown;

  /** Why the provider gave no answer. Stays when a manager resolves the placement. */
  @Column({ type: 'text', nullable: true })
  failure: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  /** When it became an order or was declined. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  settledAt: Date | null;
}
