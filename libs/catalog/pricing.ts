import { InvalidOrderLine, TotalMismatch, TotalTooLarge } from './catalog.errors.js';
import { MAX_CENTS, type Menu } from './menu.js';

/** A line of an order request. */
export interface RequestedLine {
  productId: string;
  variationId: string;
  quantity: number;
}

/** A line with its present names and prices. */
export interface PricedLine extends RequestedLine {
  productName: string;
  variationName: string;
  productBasePriceCents: number;
  variationPriceChangeCents: number;
  unitPriceCents: number;
  lineTotalCents: number;
}

export interface PricedLines {
  lines: PricedLine[];
  totalCents: number;
}

/**
 * Prices the lines from the menu.
 * @param expectedTotalCents the total that the customer was shown, if given
 * @throws InvalidOrderLine, TotalTooLarge, TotalMismatch
 */
export function priceLines(
  menu: Menu,
  lines: readonly RequestedLine[],
  expectedTotalCents?: number,
): PricedLines {
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
