import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

export const ROLES = ['customer', 'barista', 'manager'] as const;
export type Role = (typeof ROLES)[number];

/** A user who can log in, unless disabled. Users are never deleted, because their orders and changes stay. */
@Entity('users')
@Index('users_created_at_id_idx', ['createdAt', 'id'])
@Index('users_role_created_at_id_idx', ['role', 'createdAt', 'id'])
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

  @Column({ type: 'boolean', default: false })
  disabled: boolean;

  /** Access tokens without a session that were issued before are invalid. Null if none was ended so. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  tokensValidAfter: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
