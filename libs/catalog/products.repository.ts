import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { isUniqueViolation, type Reading, type Tx } from '#database';
import { DuplicateProductName, DuplicateVariationName } from './catalog.errors.js';
import { Menu, type MenuProduct } from './menu.js';
import { Product } from './product.entity.js';
import { Variation } from './variation.entity.js';

/** Products by name, variations by position. Code point order is the same on every server. */
const MENU = `
  SELECT p.id, p.name, p.base_price_cents AS "basePriceCents",
         coalesce(
           json_agg(json_build_object('id', v.id, 'name', v.name, 'priceChangeCents', v.price_change_cents) ORDER BY v.position)
             FILTER (WHERE v.id IS NOT NULL),
           '[]') AS variations
    FROM products p
    LEFT JOIN product_variations v ON v.product_id = p.id AND v.withdrawn_at IS NULL
   WHERE p.withdrawn_at IS NULL
   GROUP BY p.id
   ORDER BY p.name COLLATE "C"`;

/** The tables of products and variations. */
@Injectable()
export class ProductsRepository {
  constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}

  /** Returns the menu, and how long it holds. */
  async menu(): Promise<Reading<Menu>> {
    return { value: new Menu(await this.products.query<MenuProduct[]>(MENU)), validForMs: null };
  }

  /** Returns whether there never was a product. Nobody else can add one until the transaction ends. */
  async lockIfEmpty(tx: Tx): Promise<boolean> {
    await tx.query('LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE');
    return !(await tx.exists(Product));
  }

  /** Returns the product with its variations, and locks its row until the transaction ends. Returns null if it is not on the menu. */
  async lockForUpdate(id: string, tx: Tx): Promise<Product | null> {
    const product = await tx.findOne(Product, {
      where: { id, withdrawnAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
    if (!product) return null;
    product.variations = await tx.find(Variation, {
      where: { productId: id, withdrawnAt: IsNull() },
      order: { position: 'ASC' },
    });
    return product;
  }

  /**
   * Writes the product without its variations.
   * @throws DuplicateProductName if another product on the menu has its name
   */
  async save(product: Product, tx: Tx): Promise<void> {
    const { id, name, basePriceCents } = product;
    try {
      await tx.upsert(Product, { id, name, basePriceCents, updatedAt: () => 'now()' }, ['id']);
    } catch (error) {
      throw isUniqueViolation(error, 'products_name_key') ? new DuplicateProductName(name) : error;
    }
  }

  /**
   * Writes the product's variations in place of those on the menu. Withdraws all first, so that a name can move from one to another.
   * @throws DuplicateVariationName if PostgreSQL considers two names equal
   */
  async replaceVariations({ id: productId, variations }: Product, tx: Tx): Promise<void> {
    await this.withdrawVariations(productId, tx);
    for (const { id, name, priceChangeCents, position } of variations) {
      const values = { id, productId, name, priceChangeCents, position, withdrawnAt: null };
      try {
        await tx.upsert(Variation, values, ['id']);
      } catch (error) {
        const isDuplicate = isUniqueViolation(error, 'product_variations_product_id_name_key');
        throw isDuplicate ? new DuplicateVariationName(name) : error;
      }
    }
  }

  /** Takes the product and its variations off the menu. */
  async withdraw({ id }: Product, tx: Tx): Promise<void> {
    await tx.update(Product, { id }, { withdrawnAt: () => 'now()', updatedAt: () => 'now()' });
    await this.withdrawVariations(id, tx);
  }

  private async withdrawVariations(productId: string, tx: Tx): Promise<void> {
    const onMenu = { productId, withdrawnAt: IsNull() };
    await tx.update(Variation, onMenu, { withdrawnAt: () => 'now()' });
  }
}
