import 'reflect-metadata';
import { PlaceOrderDto } from '../orders/dto/place-order.dto.js';
import { ValidationPipe } from './validation.pipe.js';

/** To validate 10,000 lines one by one takes hundreds of milliseconds. */
const MAX_MS = 150;

function list(length: number): object[] {
  return Array.from({ length }, () => ({}));
}

/** Returns the shortest time of several runs, so that a busy machine does not matter. */
function shortestMs(work: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...runs);
}

describe('ValidationPipe', () => {
  const pipe = new ValidationPipe();

  it.each<[string, object]>([
    ['lines', { items: list(10_000) }],
    ['elements in place of a line', { items: [list(10_000)] }],
    ['elements of a quantity', { items: [{ quantity: list(10_000) }] }],
    ['elements of an unknown field', { coupons: list(10_000) }],
    ['elements of metadata', { items: [], metadata: { a: list(10_000) } }],
    ['members', Object.fromEntries(list(10_000).map((_, index) => [`f${index}`, 1]))],
  ])('refuses 10,000 %s within milliseconds', (_, body) => {
    const transform = (): unknown => pipe.transform(body, { type: 'body', metatype: PlaceOrderDto });

    expect(transform).toThrow('does not fit its schema');
    expect(shortestMs(() => expect(transform).toThrow())).toBeLessThan(MAX_MS);
  });
});
