import { Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '#users';
import { RESOLUTION_OUTCOMES, type ResolutionOutcome } from './placement-state.js';
import { Placement } from './placement.entity.js';

/** A manager's decision about a placement: the outcome found at the provider, who decided, when and why. */
@Entity('placement_resolutions')
export class PlacementResolution {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'placement_resolutions_pkey' })
  id: string;

  @Column('uuid')
  @ForeignKey(() => Placement, { name: 'placement_resolutions_placement_id_fkey' })
  @Index('placement_resolutions_placement_id_idx')
  placementId: string;

  @Column({ type: 'enum', enum: RESOLUTION_OUTCOMES, enumName: 'resolution_outcome' })
  outcome: ResolutionOutcome;

  @Column('text')
  note: string;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'placement_resolutions_resolved_by_fkey' })
  @Index('placement_resolutions_resolved_by_idx')
  resolvedBy: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  resolvedAt: Date;
}
