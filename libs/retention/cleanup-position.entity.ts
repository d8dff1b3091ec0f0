import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a clean-up has gone through its table: up to the row with this time and id. The migration writes one for each clean-up. */
@Entity('cleanup_positions')
export class CleanupPosition {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'cleanup_positions_pkey' })
  name: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => `'-infinity'` })
  createdAt: Date;

  @Column('uuid', { default: '00000000-0000-0000-0000-000000000000' })
  id: string;
}
