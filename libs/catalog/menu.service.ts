import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PgPubSub } from '#database';
import type { Menu } from './menu.js';
import { price, type PricedLine, type RequestedLine } from './pricing.js';
import { ProductsRepository } from './products.repository.js';

/** Sent by the database itself at every change of products or variations, whoever makes it. */
const CATALOG_CHANGED = 'catalog_changed';

/** The menu and prices from it, remembered until the catalog changes in this or any other process. */
@Injectable()
export class MenuService implements OnModuleInit {
  private remembered: Promise<Menu> | undefined;

  constructor(
    private readonly products: ProductsRepository,
    private readonly signals: PgPubSub,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.signals.listen(CATALOG_CHANGED, () => this.forget());
  }

  /** The menu as it stands; the same object as long as it does. */
  current(): Promise<Menu> {
    if (!this.signals.areLive) return this.products.menu();
    if (!this.remembered) {
      const loading = this.products.menu();
      this.remembered = loading;
      loading.catch(() => {
        if (this.remembered === loading) this.forget();
      });
    }
    return this.remembered;
  }

  /** Reads the menu anew next time: after each change, so that who made it sees it at once. */
  forget(): void {
    this.remembered = undefined;
  }

  /** Prices an order's lines from the current menu; throws as `price` does. */
  async price(
    lines: readonly RequestedLine[],
    expectedTotalCents?: number,
  ): Promise<{ lines: PricedLine[]; totalCents: number }> {
    return price(await this.current(), lines, expectedTotalCents);
  }
}
