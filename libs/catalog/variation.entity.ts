import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A variation of a product, with its own price. */
@Entity('product_variations')
@Index('product_variations_product_id_name_key', { synchronize: false })
@Index('product_variations_product_id_idx', ['productId'])
@Check('product_variations_name_length', 'char_length(name) BETWEEN 1 AND 255')
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

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  withdrawnAt: Date | null;
}
