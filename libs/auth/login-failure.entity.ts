import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A count of failed logins. The columns are those of rate-limiter-flexible. */
@Entity('login_failures')
export class LoginFailure {
  @PrimaryColumn({ type: 'varchar', length: 255, primaryKeyConstraintName: 'login_failures_pkey' })
  key: string;

  @Column('int', { default: 0 })
  points: number;

  /** In ms since the epoch. */
  @Column('bigint', { nullable: true })
  expire: string | null;
}
