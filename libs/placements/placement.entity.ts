import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { OrderDraft } from './order-draft.js';

/** See docs/order-states.md for what leads from one to another. */
export const PLACEMENT_STATES = [
  'charging',
  'placed',
  'declined',
  'declined_unconfirmed',
  'unknown',
  'unsent',
  'refund_due',
] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** One attempt to place an order, written before the provider hears of it: whatever crashes, no charge is without its record. */
@Entity('order_placements')
@Index('order_placements_lease_idx', ['leaseExpiresAt'], { where: `state IN ('charging', 'unknown')` })
@Index('order_placements_created_at_id_idx', ['createdAt', 'id'])
@Index('order_placements_not_placed_idx', ['state', 'createdAt', 'id'], { where: `state <> 'placed'` })
@Check('order_placements_total_not_negative', 'total_cents >= 0')
export class Placement {
  /** Also the provider's Idempotency-Key, so that one attempt is charged once however often it is sent. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'order_placements_pkey' })
  id: string;

  /** The order that it becomes when the charge is approved. */
  @Column('uuid')
  orderId: string;

  @Column('uuid')
  paymentId: string;

  @Column('uuid')
  @ForeignKey('User', { name: 'order_placements_customer_id_fkey' })
  @Index('order_placements_customer_id_idx')
  customerId: string;

  @Column('int')
  totalCents: number;

  /** As json, which keeps the text, not jsonb: a replay shows the customer's metadata with its names in their order. */
  @Column('json')
  draft: OrderDraft;

  @Column({ type: 'enum', enum: PLACEMENT_STATES, enumName: 'placement_state' })
  state: PlacementState;

  /** Counts the sends; only the newest may report that it does not know or did not send. */
  @Column({ type: 'int', default: 1 })
  attempt: number;

  /** Until then the attempt belongs to whoever sent it; afterwards recovery may go on with it. Null: nobody's turn, or a manager's. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leaseExpiresAt: Date | null;

  /** The request that made the attempt, as the logs name it. */
  @Column('text')
  requestId: string;

  @Column({ type: 'int', nullable: true })
  responseStatusCode: number | null;

  @Column({ type: 'json', nullable: true })
  responsePayload: unknown;

  /** Why there is no answer of the provider. */
  @Column({ type: 'text', nullable: true })
  failure: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  /** When it became an order or was declined. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  settledAt: Date | null;
}
