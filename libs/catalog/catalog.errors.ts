import { DomainError, InvalidRequest } from '#errors';
import { MAX_CENTS } from './menu.js';

export class ProductNotFound extends DomainError {
  constructor() {
    super('not_found', 'product_not_found', 'Product not found');
  }
}

export class VariationNotFound extends DomainError {
  constructor() {
    super('not_found', 'variation_not_found', 'Variation not found');
  }
}

export class DuplicateProductName extends DomainError {
  static readonly example = new DuplicateProductName('Latte');

  constructor(name: string) {
    super('conflict', 'duplicate_product_name', `A product named "${name}" is already on the menu`);
  }
}

export class DuplicateVariationName extends DomainError {
  static readonly example = new DuplicateVariationName('Vanilla');

  constructor(name: string) {
    super('conflict', 'duplicate_variation_name', `The product has two variations named "${name}"`);
  }
}

export class UnitPriceOutOfRange extends DomainError {
  static readonly example = new UnitPriceOutOfRange('Small', -10);

  constructor(variation: string, unitPriceCents: number) {
    const detail = `The price with variation "${variation}" would be ${unitPriceCents} cents; it must be between 0 and ${MAX_CENTS}`;
    super('unprocessable', 'impossible_unit_price', detail, {
      fields: [{ field: 'variations', message: detail }],
    });
  }
}

/** No variation on the menu of the product has the id, or an earlier variation of the request has it. */
export class InvalidVariationId extends DomainError {
  static readonly example = new InvalidVariationId(0);

  /** @param index the index of the variation in the request */
  constructor(index: number) {
    const field = `variations.${index}.id`;
    const message = `${field} is not the id of a variation of this product, or is used twice`;
    super('unprocessable', 'invalid_variation_id', message, { fields: [{ field, message }] });
  }
}

/** The product or variation is unknown or withdrawn, or the variation belongs to another product. */
export class InvalidOrderLine extends DomainError {
  static readonly example = new InvalidOrderLine(
    '8d3c0c5e-7c1e-4b0e-9b0a-0f2f5d8f4c11',
    '0e0c8f6a-53f4-4f0e-8f0a-6f3c1f9d7a22',
  );

  constructor(productId: string, variationId?: string) {
    super(
      'invalid_argument',
      'invalid_order_line',
      `Invalid product_id or variation_id: ${productId}, ${variationId ?? 'null'}`,
    );
  }
}

/** The line of a product with variations names none. */
export class VariationRequired extends InvalidRequest {
  /** @param line the index of the line in the request */
  constructor(line: number) {
    const message = 'variation_id must be a UUID, because the product has variations';
    super([{ field: `items.${line}.variation_id`, message }]);
  }
}

/** Products or variations of the order are sold out. Nothing was charged. */
export class SoldOut extends DomainError {
  static readonly example = new SoldOut([
    {
      productId: '8d3c0c5e-7c1e-4b0e-9b0a-0f2f5d8f4c11',
      variationId: '0e0c8f6a-53f4-4f0e-8f0a-6f3c1f9d7a22',
    },
  ]);

  /** @param lines the lines of the order that are sold out */
  constructor(lines: readonly { productId: string; variationId: string | null }[]) {
    const items = lines.map(({ productId, variationId }) => ({
      product_id: productId,
      variation_id: variationId,
    }));
    super('conflict', 'sold_out', 'Some of the items are sold out; nothing was charged', {
      extensions: { items },
    });
  }
}

export class TotalMismatch extends DomainError {
  static readonly example = new TotalMismatch(900, 800);

  constructor(computedCents: number, receivedCents: number) {
    super(
      'conflict',
      'total_mismatch',
      `Total mismatch: computed ${computedCents}, received ${receivedCents}`,
      { extensions: { computed_total_cents: computedCents } },
    );
  }
}

export class TotalTooLarge extends DomainError {
  constructor() {
    const detail = `The total of the order must not exceed ${MAX_CENTS} cents`;
    super('unprocessable', 'total_too_large', detail, { fields: [{ field: 'items', message: detail }] });
  }
}
