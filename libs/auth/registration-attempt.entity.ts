import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A count of registrations from an address. The columns are those of rate-limiter-flexible. */
@Entity('registration_attempts')
export class RegistrationAttempt {
  @PrimaryColumn({ type: 'varchar', length: 255, primaryKeyConstraintName: 'registration_attempts_pkey' })
  key: string;

  @Column('int', { default: 0 })
  points: number;

  /** In ms since the epoch. */
  @Column('bigint', { nullable: true })
  expire: string | null;
}
