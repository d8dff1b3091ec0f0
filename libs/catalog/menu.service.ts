import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PgPubSub } from '#database';
import type { Menu } from './menu.js';
import { priceLines, type PricedLines, type RequestedLine } from './pricing.js';
import { ProductsRepository } from './products.repository.js';

/** Triggers in the database publish on this channel at every change of products or variations. */
const CATALOG_CHANGED = 'catalog_changed';

/** The menu, cached until the catalog changes in this or any other process. */
@Injectable()
export class MenuService implements OnModuleInit {
  private cached: Promise<Menu> | undefined;

  constructor(
    private readonly products: ProductsRepository,
    private readonly pubSub: PgPubSub,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.pubSub.subscribe(CATALOG_CHANGED, () => this.invalidate());
  }

  /** Returns the current menu. It is the same object until the catalog changes. */
  current(): Promise<Menu> {
    if (!this.pubSub.isConnected) return this.products.menu();
    if (!this.cached) {
      const loading = this.products.menu();
      this.cached = loading;
      loading.catch(() => {
        if (this.cached === loading) this.invalidate();
      });
    }
    return this.cached;
  }

  /** Drops the cached menu. Called after each change, so that its author sees it at once. */
  invalidate(): void {
    this.cached = undefined;
  }

  /**
   * Prices an order's lines from the current menu.
   * @throws InvalidOrderLine, VariationRequired, TotalTooLarge, TotalMismatch
   */
  async price(lines: readonly RequestedLine[], expectedTotalCents?: number): Promise<PricedLines> {
    return priceLines(await this.current(), lines, expectedTotalCents);
  }
}
