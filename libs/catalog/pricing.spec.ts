import { InvalidOrderLine, TotalMismatch, TotalTooLarge } from './catalog.errors.js';
import { MAX_CENTS, Menu } from './menu.js';
import { priceLines } from './pricing.js';

const menu = new Menu([
  {
    id: 'latte',
    name: 'Latte',
    basePriceCents: 400,
    variations: [
      { id: 'vanilla', name: 'Vanilla', priceChangeCents: 30 },
      { id: 'small', name: 'Small', priceChangeCents: -150 },
    ],
  },
  {
    id: 'water',
    name: 'Water',
    basePriceCents: 0,
    variations: [{ id: 'tap', name: 'Tap', priceChangeCents: 0 }],
  },
  {
    id: 'gold',
    name: 'Golden Bean',
    basePriceCents: MAX_CENTS,
    variations: [{ id: 'whole', name: 'Whole', priceChangeCents: 0 }],
  },
]);

describe('the price of an order', () => {
  it('is base price and price change, times the quantity, added up over the lines', () => {
    const { lines, totalCents } = priceLines(menu, [
      { productId: 'latte', variationId: 'vanilla', quantity: 3 },
      { productId: 'latte', variationId: 'small', quantity: 1 },
    ]);

    expect(lines).toEqual([
      {
        productId: 'latte',
        variationId: 'vanilla',
        quantity: 3,
        productName: 'Latte',
        variationName: 'Vanilla',
        productBasePriceCents: 400,
        variationPriceChangeCents: 30,
        unitPriceCents: 430,
        lineTotalCents: 1290,
      },
      expect.objectContaining({ variationName: 'Small', unitPriceCents: 250, lineTotalCents: 250 }),
    ]);
    expect(totalCents).toBe(1540);
  });

  it('keeps a line that is asked for twice as two lines', () => {
    const line = { productId: 'latte', variationId: 'vanilla', quantity: 1 };

    const { lines, totalCents } = priceLines(menu, [line, line]);

    expect(lines).toHaveLength(2);
    expect(totalCents).toBe(860);
  });

  it('may be nothing', () => {
    const free = [{ productId: 'water', variationId: 'tap', quantity: 100 }];

    expect(priceLines(menu, free).totalCents).toBe(0);
    expect(priceLines(menu, free, 0).totalCents).toBe(0);
  });

  it('agrees with the total that the customer was shown', () => {
    const lines = [{ productId: 'latte', variationId: 'vanilla', quantity: 2 }];

    expect(priceLines(menu, lines, 860).totalCents).toBe(860);
  });

  it.each([0, 859, 861])('refuses %i where 860 is the total', (shown) => {
    const lines = [{ productId: 'latte', variationId: 'vanilla', quantity: 2 }];

    expect(() => priceLines(menu, lines, shown)).toThrow(new TotalMismatch(860, shown));
    expect(() => priceLines(menu, lines, shown)).toThrow(`Total mismatch: computed 860, received ${shown}`);
  });

  it.each([
    ['an unknown product', 'tea', 'vanilla'],
    ['an unknown variation', 'latte', 'oat'],
    ["another product's variation", 'latte', 'tap'],
  ])('refuses %s and names both ids', (_, productId, variationId) => {
    const lines = [
      { productId: 'latte', variationId: 'vanilla', quantity: 1 },
      { productId, variationId, quantity: 1 },
    ];

    expect(() => priceLines(menu, lines)).toThrow(InvalidOrderLine);
    expect(() => priceLines(menu, lines)).toThrow(
      `Invalid product_id or variation_id: ${productId}, ${variationId}`,
    );
  });

  it('may be the most that int4 holds, and not a cent more', () => {
    const most = { productId: 'gold', variationId: 'whole', quantity: 1 };
    const water = { productId: 'water', variationId: 'tap', quantity: 1 };
    const small = { productId: 'latte', variationId: 'small', quantity: 1 };

    expect(priceLines(menu, [most, water]).totalCents).toBe(2_147_483_647);
    expect(() => priceLines(menu, [most, small])).toThrow(TotalTooLarge);
    expect(() => priceLines(menu, [{ ...most, quantity: 100 }])).toThrow(TotalTooLarge);
  });

  it('is refused as too large before it is compared with what the customer was shown', () => {
    const lines = [{ productId: 'gold', variationId: 'whole', quantity: 2 }];

    expect(() => priceLines(menu, lines, 1)).toThrow(TotalTooLarge);
  });
});
