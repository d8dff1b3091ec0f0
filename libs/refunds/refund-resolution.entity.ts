import { Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '#users';
import { REFUND_RESOLUTION_OUTCOMES, type RefundResolutionOutcome } from './refund-state.js';
import { Refund } from './refund.entity.js';

/** A manager's decision about a refund: the outcome found at the provider, who decided, when and why. */
@Entity('refund_resolutions')
export class RefundResolution {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'refund_resolutions_pkey' })
  id: string;

  @Column('uuid')
  @ForeignKey(() => Refund, { name: 'refund_resolutions_refund_id_fkey' })
  @Index('refund_resolutions_refund_id_idx')
  refundId: string;

  @Column({ type: 'enum', enum: REFUND_RESOLUTION_OUTCOMES, enumName: 'refund_resolution_outcome' })
  outcome: RefundResolutionOutcome;

  @Column('text')
  note: string;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'refund_resolutions_resolved_by_fkey' })
  @Index('refund_resolutions_resolved_by_idx')
  resolvedBy: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  resolvedAt: Date;
}
