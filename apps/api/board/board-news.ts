import { Injectable } from '@nestjs/common';
import { CATALOG_CHANGED, MenuService } from '#catalog';
import { SHOP_CHANGED, ShopService } from '#shop';
import { MenuDto } from '../catalog/dto/product.dto.js';
import { ShopDto } from '../shop/dto/shop.dto.js';

/** The channels on which changes of the news are signalled. */
export const NEWS_CHANNELS = [CATALOG_CHANGED, SHOP_CHANGED];

/** The bodies of GET /menu and GET /shop, which streams of the board follow, by the names of their events. */
export type News = ReadonlyMap<string, string>;

/** Reads the menu and the shop for the live board. */
@Injectable()
export class BoardNews {
  /** The menu and the shop are the same objects until they change, and each is rendered once. */
  private readonly rendered = new WeakMap<object, string>();

  constructor(
    private readonly menu: MenuService,
    private readonly shop: ShopService,
  ) {}

  /** Without a query while nothing changed and signals arrive, unless the number of open orders is limited. */
  async read(): Promise<News> {
    const [menu, shop] = await Promise.all([this.menu.current(), this.shop.current()]);
    return new Map([
      ['menu', this.render(menu, (value) => MenuDto.from(value))],
      ['shop', this.render(shop, (value) => ShopDto.from(value))],
    ]);
  }

  private render<Value extends object>(value: Value, toDto: (value: Value) => object): string {
    const json = this.rendered.get(value) ?? JSON.stringify(toDto(value));
    this.rendered.set(value, json);
    return json;
  }
}
