import type { INestApplication } from '@nestjs/common';
import type { Response } from 'supertest';
import { createApi } from '../../apps/api/create-api.js';
import type { ShopDto } from '../../apps/api/shop/dto/shop.dto.js';
import { Config } from '#config';
import type { Person } from '../support/person.js';
import { NO_HOURS } from '../support/shop-hours.js';
import { TestApp } from '../support/test-app.js';

export const SHOP = '/api/v1/shop';
export const HOURS = '/api/v1/admin/shop/hours';
export const PAUSE = '/api/v1/admin/shop/pause';
export const LIMITS = '/api/v1/admin/shop/limits';

/** Two API processes with one database, and people who use them. */
export class ShopContext {
  private constructor(
    readonly app: TestApp,
    private readonly secondApi: INestApplication,
    readonly secondUrl: string,
    readonly customer: Person,
    readonly barista: Person,
    readonly manager: Person,
  ) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<ShopContext> {
    const app = await TestApp.start(environment);
    const secondApi = await createApi(Config.from(app.environment));
    await secondApi.listen(0, '127.0.0.1');
    const people = await Promise.all([app.customer(), app.barista(), app.manager()]);
    return new ShopContext(app, secondApi, await secondApi.getUrl(), ...people);
  }

  async shop(reader = this.customer): Promise<ShopDto> {
    return (await reader.get(SHOP).expect(200)).body as ShopDto;
  }

  /** Returns the shop as the second process shows it. */
  shopOfSecondApi(): Promise<ShopDto> {
    return this.shop(this.customer.at(this.secondUrl));
  }

  async setHours(hours: object): Promise<ShopDto> {
    return (await this.manager.put(HOURS, hours).expect(200)).body as ShopDto;
  }

  async pause(pause: object = {}): Promise<ShopDto> {
    return (await this.barista.put(PAUSE, pause).expect(200)).body as ShopDto;
  }

  async limit(maxOpenOrders: number | null): Promise<ShopDto> {
    return (await this.manager.put(LIMITS, { max_open_orders: maxOpenOrders }).expect(200)).body as ShopDto;
  }

  /** Opens the shop without a limit. */
  async reset(): Promise<void> {
    await this.setHours(NO_HOURS);
    await this.manager.delete(PAUSE).expect(204);
    await this.limit(null);
  }

  async place(person = this.customer, key?: string): Promise<Response> {
    return person.placeWithKey(await this.customer.orderFor(['Latte', 'Vanilla']), key);
  }

  async close(): Promise<void> {
    await this.secondApi.close();
    await this.app.close();
  }
}
