import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { isUniqueViolation, type Reading, type Tx } from '#database';
import { DuplicateProductName, DuplicateVariationName } from './catalog.errors.js';
import { Menu, type Availability, type Choice, type MenuProduct, type MenuVariation } from './menu.js';
import { Product } from './product.entity.js';
import { FIND_PRODUCT, IS_FUTURE, LOCK_PRODUCT, MENU } from './products.sql.js';
import { Variation } from './variation.entity.js';

interface AvailabilityRow {
  soldOut: boolean;
  soldOutUntilMs: number | null;
}
type VariationRow = Omit<MenuVariation, keyof Availability> & AvailabilityRow;
type ProductRow = Omit<MenuProduct, keyof Availability | 'variations'> &
  AvailabilityRow & { variations: VariationRow[]; validForMs: number | null };

/** The tables of products and variations. */
@Injectable()
export class ProductsRepository {
  constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}

  /** Returns the menu, and how long it holds. */
  async menu(): Promise<Reading<Menu>> {
    const rows = await this.products.query<ProductRow[]>(MENU);
    return { value: new Menu(rows.map(toProduct)), validForMs: rows[0]?.validForMs ?? null };
  }

  /** Returns whether there never was a product. Nobody else can add one until the transaction ends. */
  async lockIfEmpty(tx: Tx): Promise<boolean> {
    await tx.query('LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE');
    return !(await tx.exists(Product));
  }

  /** Returns the product, and locks its row until the transaction ends. Returns undefined if it is not on the menu. */
  async lockForUpdate(id: string, tx: Tx): Promise<MenuProduct | undefined> {
    await tx.query(LOCK_PRODUCT, [id]);
    const [row] = await tx.query<ProductRow[]>(FIND_PRODUCT, [id]);
    return row && toProduct(row);
  }

  /**
   * Writes the product without its variations and its availability.
   * @throws DuplicateProductName if another product on the menu has its name
   */
  async save({ id, name, basePriceCents }: MenuProduct, tx: Tx): Promise<void> {
    try {
      await tx.upsert(Product, { id, name, basePriceCents, updatedAt: () => 'now()' }, ['id']);
    } catch (error) {
      throw isUniqueViolation(error, 'products_name_key') ? new DuplicateProductName(name) : error;
    }
  }

  /**
   * Writes the product's variations, without their availability, in place of those on the menu. Withdraws all first, so that a name can
   * move from one to another.
   * @throws DuplicateVariationName if PostgreSQL considers two names equal
   */
  async replaceVariations({ id: productId, variations }: MenuProduct, tx: Tx): Promise<void> {
    await this.withdrawVariations(productId, tx);
    for (const [position, { id, name, priceChangeCents }] of variations.entries()) {
      const values = { id, productId, name, priceChangeCents, position, withdrawnAt: null };
      try {
        await tx.upsert(Variation, values, ['id']);
      } catch (error) {
        const isDuplicate = isUniqueViolation(error, 'product_variations_product_id_name_key');
        throw isDuplicate ? new DuplicateVariationName(name) : error;
      }
    }
  }

  /** Writes whether the variation, or the product itself, is sold out. */
  async saveAvailability({ product, variation }: Choice, availability: Availability, tx: Tx): Promise<void> {
    if (variation) await tx.update(Variation, { id: variation.id }, availability);
    else await tx.update(Product, { id: product.id }, availability);
  }

  /** Returns whether the time is in the future by the database's clock. */
  async isFuture(time: Date, tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ isFuture: boolean }[]>(IS_FUTURE, [time]);
    return row?.isFuture === true;
  }

  /** Takes the product and its variations off the menu. */
  async withdraw({ id }: MenuProduct, tx: Tx): Promise<void> {
    await tx.update(Product, { id }, { withdrawnAt: () => 'now()', updatedAt: () => 'now()' });
    await this.withdrawVariations(id, tx);
  }

  private async withdrawVariations(productId: string, tx: Tx): Promise<void> {
    const onMenu = { productId, withdrawnAt: IsNull() };
    await tx.update(Variation, onMenu, { withdrawnAt: () => 'now()' });
  }
}

function toProduct({ id, name, basePriceCents, variations, ...availability }: ProductRow): MenuProduct {
  return {
    id,
    name,
    basePriceCents,
    ...toAvailability(availability),
    variations: variations.map((variation) => ({
      id: variation.id,
      name: variation.name,
      priceChangeCents: variation.priceChangeCents,
      ...toAvailability(variation),
    })),
  };
}

function toAvailability({ soldOut, soldOutUntilMs }: AvailabilityRow): Availability {
  return { soldOut, soldOutUntil: soldOutUntilMs === null ? null : new Date(soldOutUntilMs) };
}
