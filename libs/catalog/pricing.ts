import { InvalidOrderLine, TotalMismatch, TotalTooLarge, VariationRequired } from './catalog.errors.js';
import { MAX_CENTS, type Menu } from './menu.js';

/** A line of an order request. */
export interface RequestedLine {
  productId: string;
  /** Left out for a product without variations. */
  variationId?: string;
  quantity: number;
}

/** A line with its present names and prices. Both members of the variation are null for a product without variations. */
export interface PricedLine {
  productId: string;
  variationId: string | null;
  quantity: number;
  productName: string;
  variationName: string | null;
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
 * @throws InvalidOrderLine, VariationRequired, TotalTooLarge, TotalMismatch
 */
export function priceLines(
  menu: Menu,
  lines: readonly RequestedLine[],
  expectedTotalCents?: number,
): PricedLines {
  const priced = lines.map((line, index) => priceLine(menu, line, index));
  const totalCents = priced.reduce((sum, line) => sum + line.lineTotalCents, 0);
  if (totalCents > MAX_CENTS) throw new TotalTooLarge();
  if (expectedTotalCents !== undefined && expectedTotalCents !== totalCents)
    throw new TotalMismatch(totalCents, expectedTotalCents);
  return { lines: priced, totalCents };
}

function priceLine(
  menu: Menu,
  { productId, variationId, quantity }: RequestedLine,
  index: number,
): PricedLine {
  const choice = menu.choice(productId, variationId);
  if (!choice && variationId === undefined && menu.product(productId)) throw new VariationRequired(index);
  if (!choice) throw new InvalidOrderLine(productId, variationId);
  const { product, variation } = choice;
  const variationPriceChangeCents = variation?.priceChangeCents ?? 0;
  const unitPriceCents = product.basePriceCents + variationPriceChangeCents;
  return {
    productId,
    variationId: variation?.id ?? null,
    quantity,
    productName: product.name,
    variationName: variation?.name ?? null,
    productBasePriceCents: product.basePriceCents,
    variationPriceChangeCents,
    unitPriceCents,
    lineTotalCents: unitPriceCents * quantity,
  };
}
