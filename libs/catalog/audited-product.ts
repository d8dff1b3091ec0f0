import type { Availability, Choice, MenuProduct } from './menu.js';

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

/** Returns an availability as the audit log keeps it, with the variation that has it, if it is not that of the product. */
export function auditedAvailability({ soldOut, soldOutUntil }: Availability, { variation }: Choice): object {
  return {
    ...(variation && { variation: { id: variation.id, name: variation.name } }),
    sold_out: soldOut,
    sold_out_until: soldOutUntil?.toISOString() ?? null,
  };
}
