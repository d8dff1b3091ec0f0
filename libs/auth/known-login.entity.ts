import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account that logged in from an address within the last day. The columns are those of rate-limiter-flexible. */
@Entity('known_logins')
export class KnownLogin {
  @PrimaryColumn({ type: 'varchar', length: 255, primaryKeyConstraintName: 'known_logins_pkey' })
  key: string;

  @Column('int', { default: 0 })
  points: number;

  /** In ms since the epoch. */
  @Column('bigint', { nullable: true })
  expire: string | null;
}
