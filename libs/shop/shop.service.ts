import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config, StartupError } from '#config';
import { PgPubSub, SignalledCache } from '#database';
import type { Role } from '#users';
import { OrderingPaused, ShopClosed } from './shop.errors.js';
import { ShopRepository } from './shop.repository.js';
import { shopOf, type Shop, type ShopState } from './shop.js';

/** A trigger in the database publishes on this channel at every change of the settings. */
export const SHOP_CHANGED = 'shop_changed';

/** A state, and the shop as everybody sees it then: with room for another order, and without. */
interface CachedState {
  state: ShopState;
  shop: Shop;
  fullShop: Shop;
}

/** Whether the shop takes orders. Cached until the settings change in any process, or until a pause or the hours end. */
@Injectable()
export class ShopService implements OnModuleInit {
  private readonly timeZone: string;
  private readonly cache: SignalledCache<CachedState>;
  /** The counts in flight, by limit. */
  private readonly counts = new Map<number, Promise<boolean>>();

  constructor(
    private readonly repository: ShopRepository,
    { shop: { timeZone } }: Config,
    pubSub: PgPubSub,
  ) {
    this.timeZone = timeZone;
    this.cache = new SignalledCache(pubSub, SHOP_CHANGED, async () => {
      const { validForMs, ...state } = await repository.read(timeZone);
      const [shop, fullShop] = [shopOf(state, timeZone, false), shopOf(state, timeZone, true)];
      return { value: { state, shop, fullShop }, validForMs };
    });
  }

  /** @throws StartupError if PostgreSQL does not know the shop's time zone, or takes it for an abbreviation */
  async onModuleInit(): Promise<void> {
    if (!(await this.repository.isTimeZone(this.timeZone)))
      throw new StartupError(
        `SHOP_TIME_ZONE must be the full name of a time zone that PostgreSQL knows, such as Europe/Berlin, not ${this.timeZone}`,
      );
    await this.cache.subscribe();
  }

  /** Returns the shop, the same object until it changes. Counts the open orders only while their number is limited, once for all callers at a time. */
  async current(): Promise<Shop> {
    const { state, shop, fullShop } = await this.cache.current();
    if (shop.reason !== null || state.maxOpenOrders === null) return shop;
    return (await this.isFull(state.maxOpenOrders)) ? fullShop : shop;
  }

  /**
   * Returns how many orders may be open when a user of this role places another one, null without a limit. Hours and pauses do not apply
   * to managers.
   * @throws ShopClosed, OrderingPaused
   */
  async maxOpenOrdersFor(role: Role): Promise<number | null> {
    const { shop, state } = await this.cache.current();
    if (role !== 'manager') {
      if (shop.reason === 'closed') throw new ShopClosed(shop.opensAt);
      if (shop.reason === 'paused') throw new OrderingPaused(shop.pausedUntil);
    }
    return state.maxOpenOrders;
  }

  /** Drops the cached state. Called after each change, so that its author sees it at once. */
  invalidate(): void {
    this.cache.invalidate();
  }

  private isFull(maxOpenOrders: number): Promise<boolean> {
    const running = this.counts.get(maxOpenOrders);
    if (running) return running;
    const count = this.repository.isFull(maxOpenOrders).finally(() => this.counts.delete(maxOpenOrders));
    this.counts.set(maxOpenOrders, count);
    return count;
  }
}
