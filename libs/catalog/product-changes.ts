import { DuplicateVariationName, InvalidVariationId, UnitPriceOutOfRange } from './catalog.errors.js';
import { AVAILABLE, MAX_CENTS, type MenuProduct, type MenuVariation } from './menu.js';

export interface VariationRequest {
  /** The variation that this is. Without it, the name decides. */
  id?: string;
  name: string;
  /** Left out: 0, or the present value of a variation that exists. */
  priceChangeCents?: number;
}

export interface ProductRequest {
  name: string;
  basePriceCents: number;
  variations: VariationRequest[];
}

/** Returns a product that is not yet on the menu, without variations. */
export function newProduct({ name, basePriceCents }: ProductRequest): MenuProduct {
  return { id: crypto.randomUUID(), name, basePriceCents, ...AVAILABLE, variations: [] };
}

/**
 * Returns the product with the given fields changed. Given variations replace the list: each is matched by id, then by name, and is new
 * without a match. Whether something is sold out stays as it is.
 * @throws InvalidVariationId, DuplicateVariationName, UnitPriceOutOfRange
 */
export function applyRequest(product: MenuProduct, request: Partial<ProductRequest>): MenuProduct {
  const changed = {
    ...product,
    name: request.name ?? product.name,
    basePriceCents: request.basePriceCents ?? product.basePriceCents,
    variations: request.variations
      ? replaceVariations(product.variations, request.variations)
      : product.variations,
  };
  assertUnitPrices(changed);
  return changed;
}

function replaceVariations(present: MenuVariation[], requests: VariationRequest[]): MenuVariation[] {
  const matches = matchVariations(present, requests);
  assertDistinctNames(requests);
  return requests.map(({ name, priceChangeCents }, index) => {
    const variation = matches[index] ?? { id: crypto.randomUUID(), priceChangeCents: 0, ...AVAILABLE };
    return { ...variation, name, priceChangeCents: priceChangeCents ?? variation.priceChangeCents };
  });
}

/** Returns the present variation of each request, if it has one: first those with an id, then by name among the others. */
function matchVariations(
  present: MenuVariation[],
  requests: VariationRequest[],
): (MenuVariation | undefined)[] {
  const unmatched = new Set(present);
  const take = (isMatch: (variation: MenuVariation) => boolean): MenuVariation | undefined => {
    const match = [...unmatched].find(isMatch);
    if (match) unmatched.delete(match);
    return match;
  };
  const byId = requests.map(({ id }, index) => {
    if (id === undefined) return undefined;
    const match = take((variation) => variation.id === id);
    if (!match) throw new InvalidVariationId(index);
    return match;
  });
  return requests.map(
    ({ name }, index) => byId[index] ?? take((variation) => foldCase(variation.name) === foldCase(name)),
  );
}

function assertDistinctNames(requests: VariationRequest[]): void {
  const seen = new Set<string>();
  for (const { name } of requests) {
    if (seen.has(foldCase(name))) throw new DuplicateVariationName(name);
    seen.add(foldCase(name));
  }
}

function assertUnitPrices({ basePriceCents, variations }: MenuProduct): void {
  for (const { name, priceChangeCents } of variations) {
    const unitPriceCents = basePriceCents + priceChangeCents;
    if (unitPriceCents < 0 || unitPriceCents > MAX_CENTS) throw new UnitPriceOutOfRange(name, unitPriceCents);
  }
}

function foldCase(name: string): string {
  return name.toUpperCase();
}
