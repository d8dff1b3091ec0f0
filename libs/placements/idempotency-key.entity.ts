import { Check, Column, CreateDateColumn, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '#users';
import { Placement } from './placement.entity.js';

/** A used idempotency key: its user, its request and the placement it led to. */
@Entity('idempotency_keys')
@Check('idempotency_keys_key_hash_sha256', 'octet_length(key_hash) = 32')
export class IdempotencyKeyRecord {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  @ForeignKey(() => User, { name: 'idempotency_keys_user_id_fkey' })
  userId: string;

  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  keyHash: Buffer;

  /** SHA-256 of the request that the key stands for. */
  @Column('bytea')
  fingerprint: Buffer;

  @Column('uuid')
  @ForeignKey(() => Placement, { name: 'idempotency_keys_placement_id_fkey' })
  @Index('idempotency_keys_placement_id_key', { unique: true })
  placementId: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  @Index('idempotency_keys_expires_at_idx')
  expiresAt: Date;
}
