import { InvalidOrderLine, TotalMismatch, TotalTooLarge } from './catalog.errors.js';
import { MAX_CENTS, type Menu } from './menu.js';

/** What a customer asks for. */
export interface RequestedLine {
  productId: string;
  variationId: string;
  quantity: number;
}

/** A line with names and prices as of now. */
export interface PricedLine extends RequestedLine {
  productName: string;
  variationName: string;
  productBasePriceCents: number;
  variationPriceChangeCents: number;
  unitPriceCents: number;
  lineTotalCents: number;
}

/**
 * Prices the lines from the menu.
 * @param expectedTotalCents what the customer was shown, where they say so
 * @throws InvalidOrderLine for a product or variation not on the menu, or not belonging together
 * @throws TotalTooLarge beyond int4
 * @throws TotalMismatch where the expected total is another
 */
export function price(
  menu: Menu,
  lines: readonly RequestedLine[],
  expectedTotalCents?: number,
): { lines: PricedLine[]; totalCents: number } {
  const priced = lines.map((line) => priceLine(menu, line));
  const totalCents = priced.reduce((sum, line) => sum + line.lineTotalCents, 0);
  if (totalCents > MAX_CENTS) throw new TotalTooLarge();
  if (expectedTotalCents !== undefined && expectedTotalCents !== totalCents)
    throw new TotalMismatch(totalCents, expectedTotalCents);
  return { lines: priced, totalCents };
}

function priceLine(menu: Menu, { productId, variationId, quantity }: RequestedLine): PricedLine {
  const choice = menu.choice(productId, variationId);
  if (!choice) throw new InvalidOrderLine(productId, variationId);
  const { product, variation } = choice;
  const unitPriceCents = product.basePriceCents + variation.priceChangeCents;
  return {
    productId,
    variationId,
    quantity,
    productName: product.name,
    variationName: variation.name,
    productBasePriceCents: product.basePriceCents,
    variationPriceChangeCents: variation.priceChangeCents,
    unitPriceCents,
    lineTotalCents: unitPriceCents * quantity,
  };
}
