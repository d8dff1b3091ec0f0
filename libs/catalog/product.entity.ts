import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import type { Variation } from './variation.entity.js';

/** A product on the menu. It is withdrawn instead of deleted, because old orders refer to it. */
@Entity('products')
@Index('products_name_key', { synchronize: false })
@Check('products_base_price_not_negative', 'base_price_cents >= 0')
@Check('products_name_length', 'char_length(name) BETWEEN 1 AND 255')
export class Product {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'products_pkey' })
  id: string;

  /** Unique among the products on the menu, ignoring case. */
  @Column('text')
  name: string;

  @Column('int')
  basePriceCents: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  withdrawnAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt: Date;

  /** The variations on the menu, if they were read. Not a column. */
  variations: Variation[];
}
