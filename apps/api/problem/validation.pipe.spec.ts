import 'reflect-metadata';
import { PlaceOrderDto } from '../orders/dto/place-order.dto.js';
import { ValidationPipe } from './validation.pipe.js';

describe('ValidationPipe', () => {
  const pipe = new ValidationPipe();
  let reads: number;

  /** Counts how often a member of this object is read. */
  function counted(target: object): object {
    return new Proxy(target, {
      get(object, member, receiver): unknown {
        reads += 1;
        return Reflect.get(object, member, receiver);
      },
    });
  }

  function list(length: number): object[] {
    return Array.from({ length }, () => counted({}));
  }

  /** class-transformer and class-validator read each element three times, and each member twice, which takes 400 ms. */
  it.each<[string, object]>([
    ['lines', { items: list(10_000) }],
    ['elements in place of a line', { items: [list(10_000)] }],
    ['elements of a quantity', { items: [{ quantity: list(10_000) }] }],
    ['elements of an unknown field', { coupons: list(10_000) }],
    ['elements of metadata', { items: [], metadata: { a: list(10_000) } }],
    ['members', counted(Object.fromEntries(list(10_000).map((_, index) => [`f${index}`, 1])))],
  ])('refuses 10,000 %s after one read of each at most', (_, body) => {
    reads = 0;

    expect(() => pipe.transform(body, { type: 'body', metatype: PlaceOrderDto })).toThrow(
      'does not fit its schema',
    );

    expect(reads).toBeLessThanOrEqual(10_000);
  });
});
