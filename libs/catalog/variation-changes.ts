import { DuplicateVariationName, InvalidVariationId } from './catalog.errors.js';
import type { Product } from './product.entity.js';
import { Variation } from './variation.entity.js';

export interface VariationRequest {
  /** The variation that this is. Without it, the name decides. */
  id?: string;
  name: string;
  /** Left out: 0, or the present value of a variation that exists. */
  priceChangeCents?: number;
}

/**
 * Returns the product's variations after a request: each is matched by id, then by name, and is new without a match.
 * @throws InvalidVariationId, DuplicateVariationName
 */
export function replaceVariations(product: Product, requests: VariationRequest[]): Variation[] {
  const matches = matchVariations(product.variations, requests);
  assertDistinctNames(requests);
  return requests.map(({ name, priceChangeCents }, position) => {
    const variation =
      matches[position] ??
      Object.assign(new Variation(), { id: crypto.randomUUID(), productId: product.id, priceChangeCents: 0 });
    return Object.assign(variation, {
      name,
      position,
      priceChangeCents: priceChangeCents ?? variation.priceChangeCents,
    });
  });
}

/** Returns the present variation of each request, if it has one: first those with an id, then by name among the others. */
function matchVariations(present: Variation[], requests: VariationRequest[]): (Variation | undefined)[] {
  const unmatched = new Set(present);
  const take = (isMatch: (variation: Variation) => boolean): Variation | undefined => {
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

function foldCase(name: string): string {
  return name.toUpperCase();
}
