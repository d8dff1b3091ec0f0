import type { MenuProduct } from './menu.js';

/** Returns a product as the audit log keeps it, with the names of the API. */
export function auditedProduct({ name, basePriceCents, variations }: MenuProduct): object {
  return {
    name,
    base_price_cents: basePriceCents,
    variations: variations.map((variation) => ({
      id: variation.id,
      name: variation.name,
      price_change_cents: variation.priceChangeCents,
    })),
  };
}
