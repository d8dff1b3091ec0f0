import { InvalidOrderLine, TotalMismatch, TotalTooLarge, VariationRequired } from './catalog.errors.js';
import { AVAILABLE, MAX_CENTS, Menu } from './menu.js';
import { priceLines } from './pricing.js';

const menu = new Menu([
  {
    id: 'latte',
    name: 'Latte',
    basePriceCents: 400,
    ...AVAILABLE,
    variations: [
      { id: 'vanilla', name: 'Vanilla', priceChangeCents: 30, ...AVAILABLE },
      { id: 'small', name: 'Small', priceChangeCents: -150, ...AVAILABLE },
    ],
  },
  {
    id: 'water',
    name: 'Water',
    basePriceCents: 0,
    ...AVAILABLE,
    variations: [{ id: 'tap', name: 'Tap', priceChangeCents: 0, ...AVAILABLE }],
  },
  { id: 'banana', name: 'Banana', basePriceCents: 120, ...AVAILABLE, variations: [] },
  {
    id: 'gold',
    name: 'Golden Bean',
    basePriceCents: MAX_CENTS,
    ...AVAILABLE,
    variations: [{ id: 'whole', name: 'Whole', priceChangeCents: 0, ...AVAILABLE }],
  },
]);

const TWO_LATTES = [{ productId: 'latte', variationId: 'vanilla', quantity: 2 }];
const FREE = [{ productId: 'water', variationId: 'tap', quantity: 100 }];
const SMALL_LATTE = { productId: 'latte', variationId: 'small', quantity: 1 };
const GOLD = { productId: 'gold', variationId: 'whole', quantity: 1 };

describe('priceLines', () => {
  it('multiplies base price plus price change by the quantity', () => {
    const { lines } = priceLines(menu, [{ productId: 'latte', variationId: 'vanilla', quantity: 3 }]);

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
    ]);
  });

  it('prices a product without variations', () => {
    const { lines } = priceLines(menu, [{ productId: 'banana', quantity: 2 }]);

    expect(lines).toEqual([
      {
        productId: 'banana',
        variationId: null,
        quantity: 2,
        productName: 'Banana',
        variationName: null,
        productBasePriceCents: 120,
        variationPriceChangeCents: 0,
        unitPriceCents: 120,
        lineTotalCents: 240,
      },
    ]);
  });

  it('throws VariationRequired for a product with variations and a line without one', () => {
    const price = (): unknown => priceLines(menu, [...TWO_LATTES, { productId: 'latte', quantity: 1 }]);

    expect(price).toThrow(VariationRequired);
  });

  it('throws InvalidOrderLine for an unknown product and a line without a variation', () => {
    expect(() => priceLines(menu, [{ productId: 'tea', quantity: 1 }])).toThrow(InvalidOrderLine);
  });

  it('adds a negative price change', () => {
    const { lines } = priceLines(menu, [SMALL_LATTE]);

    expect(lines).toMatchObject([{ unitPriceCents: 250, lineTotalCents: 250 }]);
  });

  it('adds up the lines to the total', () => {
    expect(priceLines(menu, [...TWO_LATTES, SMALL_LATTE]).totalCents).toBe(1110);
  });

  it('keeps equal lines apart', () => {
    const { lines, totalCents } = priceLines(menu, [...TWO_LATTES, ...TWO_LATTES]);

    expect(lines).toHaveLength(2);
    expect(totalCents).toBe(1720);
  });

  it('allows a total of 0', () => {
    expect(priceLines(menu, FREE).totalCents).toBe(0);
  });

  it.each([
    ['860', TWO_LATTES, 860],
    ['0', FREE, 0],
  ])('accepts the expected total %s if it is right', (_, lines, expectedTotalCents) => {
    expect(priceLines(menu, lines, expectedTotalCents).totalCents).toBe(expectedTotalCents);
  });

  it.each([0, 859, 861])('throws TotalMismatch for the expected total %i if the total is 860', (expected) => {
    const price = (): unknown => priceLines(menu, TWO_LATTES, expected);

    expect(price).toThrow(TotalMismatch);
    expect(price).toThrow(`Total mismatch: computed 860, received ${expected}`);
  });

  it.each([
    ['an unknown product', 'tea', 'vanilla'],
    ['an unknown variation', 'latte', 'oat'],
    ["another product's variation", 'latte', 'tap'],
  ])('throws InvalidOrderLine with both ids for %s', (_, productId, variationId) => {
    const price = (): unknown => priceLines(menu, [...TWO_LATTES, { productId, variationId, quantity: 1 }]);

    expect(price).toThrow(InvalidOrderLine);
    expect(price).toThrow(`Invalid product_id or variation_id: ${productId}, ${variationId}`);
  });

  it('allows the largest total that int4 holds', () => {
    expect(priceLines(menu, [GOLD, ...FREE]).totalCents).toBe(2_147_483_647);
  });

  it.each([
    ['several lines', [GOLD, SMALL_LATTE]],
    ['one line', [{ ...GOLD, quantity: 100 }]],
  ])('throws TotalTooLarge if %s exceed int4', (_, lines) => {
    expect(() => priceLines(menu, lines)).toThrow(TotalTooLarge);
  });

  it('checks the size of the total before the expected total', () => {
    expect(() => priceLines(menu, [{ ...GOLD, quantity: 2 }], 1)).toThrow(TotalTooLarge);
  });
});
