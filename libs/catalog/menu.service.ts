import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PgPubSub, SignalledCache } from '#database';
import type { Menu } from './menu.js';
import { priceLines, type PricedLines, type RequestedLine } from './pricing.js';
import { ProductsRepository } from './products.repository.js';

/** Triggers in the database publish on this channel at every change of products or variations. */
export const CATALOG_CHANGED = 'catalog_changed';

/** The menu, cached until the catalog changes in this or any other process, or until something is no longer sold out. */
@Injectable()
export class MenuService implements OnModuleInit {
  private readonly cache: SignalledCache<Menu>;

  constructor(products: ProductsRepository, pubSub: PgPubSub) {
    this.cache = new SignalledCache(pubSub, CATALOG_CHANGED, () => products.menu());
  }

  async onModuleInit(): Promise<void> {
    await this.cache.subscribe();
  }

  /** Returns the current menu. It is the same object until the menu changes. */
  current(): Promise<Menu> {
    return this.cache.current();
  }

  /** Drops the cached menu. Called after each change, so that its author sees it at once. */
  invalidate(): void {
    this.cache.invalidate();
  }

  /**
   * Prices an order's lines from the current menu.
   * @throws InvalidOrderLine, VariationRequired, TotalTooLarge, SoldOut, TotalMismatch
   */
  async price(lines: readonly RequestedLine[], expectedTotalCents?: number): Promise<PricedLines> {
    return priceLines(await this.current(), lines, expectedTotalCents);
  }
}
