import {
  InvalidOrderLine,
  SoldOut,
  TotalMismatch,
  TotalTooLarge,
  VariationRequired,
} from './catalog.errors.js';
import { MAX_CENTS, type Choice, type Menu } from './menu.js';

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

/** A line with what it orders. */
interface ChosenLine extends Choice {
  quantity: number;
}

export interface PricedLines {
  lines: PricedLine[];
  totalCents: number;
}

/**
 * Prices the lines from the menu.
 * @param expectedTotalCents the total that the customer was shown, if given
 * @throws InvalidOrderLine, VariationRequired, TotalTooLarge, SoldOut, TotalMismatch
 */
export function priceLines(
  menu: Menu,
  lines: readonly RequestedLine[],
  expectedTotalCents?: number,
): PricedLines {
  const chosen = lines.map((line, index) => chooseLine(menu, line, index));
  const priced = chosen.map(priceLine);
  const totalCents = priced.reduce((sum, line) => sum + line.lineTotalCents, 0);
  if (totalCents > MAX_CENTS) throw new TotalTooLarge();
  assertAvailable(chosen);
  if (expectedTotalCents !== undefined && expectedTotalCents !== totalCents)
    throw new TotalMismatch(totalCents, expectedTotalCents);
  return { lines: priced, totalCents };
}

function chooseLine(
  menu: Menu,
  { productId, variationId, quantity }: RequestedLine,
  index: number,
): ChosenLine {
  const choice = menu.choice(productId, variationId);
  if (!choice && variationId === undefined && menu.product(productId)) throw new VariationRequired(index);
  if (!choice) throw new InvalidOrderLine(productId, variationId);
  return { ...choice, quantity };
}

/** @throws SoldOut with each choice once */
function assertAvailable(lines: ChosenLine[]): void {
  const soldOut = lines.filter(({ product, variation }) => product.soldOut || variation?.soldOut);
  // A variation belongs to one product.
  const distinct = new Map(soldOut.map((line) => [(line.variation ?? line.product).id, line]));
  if (distinct.size > 0)
    throw new SoldOut(
      [...distinct.values()].map(({ product, variation }) => ({
        productId: product.id,
        variationId: variation?.id ?? null,
      })),
    );
}

function priceLine({ product, variation, quantity }: ChosenLine): PricedLine {
  const variationPriceChangeCents = variation?.priceChangeCents ?? 0;
  const unitPriceCents = product.basePriceCents + variationPriceChangeCents;
  return {
    productId: product.id,
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
