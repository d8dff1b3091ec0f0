import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ROLES, User, type Role } from '#users';

/** Stands for an access token once, in the URL of a stream: EventSource sends no header. Deleted when it is used. */
@Entity('stream_tickets')
@Index('stream_tickets_expires_at_idx', ['expiresAt'])
@Check('stream_tickets_hash_sha256', 'octet_length(hash) = 32')
export class StreamTicket {
  /** SHA-256 of the ticket. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'stream_tickets_pkey' })
  hash: Buffer;

  @Column('uuid')
  @ForeignKey(() => User, { name: 'stream_tickets_user_id_fkey' })
  userId: string;

  /** The role that the access token claims. */
  @Column({ type: 'enum', enum: ROLES, enumName: 'user_role' })
  role: Role;

  /** The session of the access token. It may end first, so that this is no foreign key. */
  @Column('uuid', { nullable: true })
  sessionId: string | null;

  /** When the access token was issued, in seconds since the epoch. */
  @Column('double precision')
  issuedAt: number;

  /** When the access token ends, in seconds since the epoch. */
  @Column('double precision')
  tokenExpiresAt: number;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt: Date;
}
