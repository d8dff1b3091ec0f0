import { randomUUID } from 'node:crypto';
import request, { type Test } from 'supertest';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';

/** A line of an order, by the names on the menu. */
export type Choice = [product: string, variation: string, quantity?: number];

/** A client of the API, with or without a token. */
export class Person {
  constructor(
    /** Of the API, without the prefix. */
    readonly url: string,
    readonly id: string,
    readonly token?: string,
  ) {}

  /** Returns the same person as a client of another process. */
  at(baseUrl: string): Person {
    return new Person(baseUrl, this.id, this.token);
  }

  /** Returns the same person with another token. */
  withToken(token: string): Person {
    return new Person(this.url, this.id, token);
  }

  get(path: string): Test {
    return this.authorize(request(this.url).get(path));
  }

  post(path: string, body?: object | string): Test {
    return this.authorize(request(this.url).post(path)).type('json').send(body);
  }

  patch(path: string, body?: object | string): Test {
    return this.authorize(request(this.url).patch(path)).type('json').send(body);
  }

  put(path: string, body?: object | string): Test {
    return this.authorize(request(this.url).put(path)).type('json').send(body);
  }

  delete(path: string): Test {
    return this.authorize(request(this.url).delete(path));
  }

  /** Returns the body of an order for these choices. */
  async orderFor(
    ...choices: Choice[]
  ): Promise<{ items: { product_id: string; variation_id: string; quantity: number }[] }> {
    const { products } = (await this.get('/api/v1/menu').expect(200)).body as MenuDto;
    return {
      items: choices.map(([productName, variationName, quantity = 1]) => {
        const product = products.find(({ name }) => name === productName);
        const variation = product?.variations.find(({ name }) => name === variationName);
        if (!product || !variation) throw new Error(`No ${productName} with ${variationName} on the menu`);
        return { product_id: product.id, variation_id: variation.id, quantity };
      }),
    };
  }

  /** Sends an order with an idempotency key, by default a new one. */
  placeWithKey(body: object, key: string = randomUUID()): Test {
    return this.post('/api/v1/orders', body).set('Idempotency-Key', key);
  }

  /** Places an order. Fails unless the status is 201. */
  async placeOrder(...choices: Choice[]): Promise<OrderDto> {
    const response = await this.post('/api/v1/orders', await this.orderFor(...choices)).expect(201);
    return response.body as OrderDto;
  }

  changeStatus(orderId: string, status: string): Test {
    return this.patch(`/api/v1/orders/${orderId}/status`, { status });
  }

  private authorize(test: Test): Test {
    return this.token === undefined ? test : test.set('Authorization', `Bearer ${this.token}`);
  }
}
