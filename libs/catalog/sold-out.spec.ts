import { InvalidOrderLine, SoldOut } from './catalog.errors.js';
import { AVAILABLE, Menu, type Availability } from './menu.js';
import { priceLines, type RequestedLine } from './pricing.js';

const VANILLA_LATTE = { productId: 'latte', variationId: 'vanilla', quantity: 1 };
const SMALL_LATTE = { productId: 'latte', variationId: 'small', quantity: 1 };
const TAP_WATER = { productId: 'water', variationId: 'tap', quantity: 1 };
const SOLD_OUT: Availability = { soldOut: true, soldOutUntil: null };
const part = { name: 'Part', priceChangeCents: 0 };
const menu = new Menu([
  {
    id: 'latte',
    name: 'Latte',
    basePriceCents: 400,
    ...AVAILABLE,
    variations: [
      { id: 'vanilla', ...part, ...AVAILABLE },
      { id: 'small', ...part, ...SOLD_OUT },
    ],
  },
  { id: 'banana', name: 'Banana', basePriceCents: 120, ...SOLD_OUT, variations: [] },
  {
    id: 'water',
    name: 'Water',
    basePriceCents: 0,
    ...SOLD_OUT,
    variations: [{ id: 'tap', ...part, ...AVAILABLE }],
  },
]);
const BANANA = { productId: 'banana', quantity: 1 };

function itemsOf(lines: RequestedLine[], expectedTotalCents?: number): unknown {
  try {
    priceLines(menu, lines, expectedTotalCents);
  } catch (error) {
    if (error instanceof SoldOut) return error.extensions?.items;
    throw error;
  }
  throw new Error('Nothing was thrown');
}

describe('priceLines while something is sold out', () => {
  it('prices what is not', () => {
    expect(priceLines(menu, [VANILLA_LATTE]).totalCents).toBe(400);
  });

  it.each<[string, RequestedLine, object]>([
    ['a variation', SMALL_LATTE, { product_id: 'latte', variation_id: 'small' }],
    ['a product without variations', BANANA, { product_id: 'banana', variation_id: null }],
    ['any variation of a product', TAP_WATER, { product_id: 'water', variation_id: 'tap' }],
  ])('throws SoldOut for %s', (_, line, item) => {
    expect(itemsOf([VANILLA_LATTE, line])).toEqual([item]);
  });

  it('names each choice of several lines once', () => {
    expect(itemsOf([BANANA, SMALL_LATTE, VANILLA_LATTE, BANANA, SMALL_LATTE])).toEqual([
      { product_id: 'banana', variation_id: null },
      { product_id: 'latte', variation_id: 'small' },
    ]);
  });

  it('throws InvalidOrderLine if another line is unknown', () => {
    const lines = [BANANA, { productId: 'tea', quantity: 1 }];

    expect(() => priceLines(menu, lines)).toThrow(InvalidOrderLine);
  });

  it('throws SoldOut although the expected total is wrong', () => {
    expect(itemsOf([BANANA], 1)).toHaveLength(1);
  });
});
