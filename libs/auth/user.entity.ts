import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

export const ROLES = ['customer', 'barista', 'manager'] as const;
export type Role = (typeof ROLES)[number];

/** A user who can log in. */
@Entity('users')
@Unique('users_email_key', ['email'])
@Check('users_email_lower_case', 'email = lower(email)')
export class User {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id: string;

  /** As `normalizeEmail` returns it. */
  @Column('text')
  email: string;

  /** Argon2id in PHC format. */
  @Column('text')
  hashedPassword: string;

  @Column({ type: 'enum', enum: ROLES, enumName: 'user_role' })
  role: Role;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
