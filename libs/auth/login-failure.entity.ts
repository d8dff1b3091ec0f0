import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A count of failed logins, in the columns that rate-limiter-flexible writes. */
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
