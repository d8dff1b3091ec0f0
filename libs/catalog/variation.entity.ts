import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A variation of a product, with its own price. */
@Entity('product_variations')
@Index('product_variations_product_id_name_key', { synchronize: false })
@Index('product_variations_product_id_idx', ['productId'])
@Check('product_variations_name_length', 'char_length(name) BETWEEN 1 AND 255')
@Check('product_variations_until_needs_sold_out', 'sold_out OR sold_out_until IS NULL')
export class Variation {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'product_variations_pkey' })
  id: string;

  /** Names its target by a string, because product.entity.ts imports this file. */
  @Column('uuid')
  @ForeignKey('Product', { name: 'product_variations_product_id_fkey' })
  productId: string;

  /** Unique among the product's variations on the menu, ignoring case. */
  @Column('text')
  name: string;

  /** Added to the product's base price. May be negative; the sum may not. */
  @Column('int')
  priceChangeCents: number;

  /** The index in the manager's list, from 0. */
  @Column('int')
  position: number;

  /** True until `soldOutUntil`, which no write marks when it passes. */
  @Column({ default: false })
  soldOut: boolean;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  soldOutUntil: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  withdrawnAt: Date | null;
}
