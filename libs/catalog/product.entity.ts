import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';

/** A product on the menu. It is withdrawn instead of deleted, because old orders refer to it. */
@Entity('products')
@Index('products_name_key', { synchronize: false })
@Check('products_base_price_not_negative', 'base_price_cents >= 0')
@Check('products_name_length', 'char_length(name) BETWEEN 1 AND 255')
@Check('products_until_needs_sold_out', 'sold_out OR sold_out_until IS NULL')
export class Product {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'products_pkey' })
  id: string;

  /** Unique among the products on the menu, ignoring case. */
  @Column('text')
  name: string;

  @Column('int')
  basePriceCents: number;

  /** True until `soldOutUntil`, which no write marks when it passes. */
  @Column({ default: false })
  soldOut: boolean;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  soldOutUntil: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  withdrawnAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt: Date;
}
