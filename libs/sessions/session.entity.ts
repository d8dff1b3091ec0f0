import { Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Keeps a user logged in until it expires or ends. The row of a session that ended is deleted, with its refresh tokens. */
@Entity('sessions')
@Index('sessions_user_id_idx', ['userId'])
@Index('sessions_expires_at_idx', ['expiresAt'])
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sessions_pkey' })
  id: string;

  /** Names its target by a string, because users are a layer above sessions. */
  @Column('uuid')
  @ForeignKey('User', { name: 'sessions_user_id_fkey' })
  userId: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  /** The end of the session's life, or of the time without use if that is earlier. */
  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt: Date;

  /** How often a refresh token was replaced. */
  @Column({ type: 'int', default: 0 })
  rotations: number;
}
