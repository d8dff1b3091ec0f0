import { DomainError } from '#errors';

export class ProductNotFound extends DomainError {
  constructor() {
    super('not_found', 'product_not_found', 'Product not found');
  }
}

export class DuplicateProductName extends DomainError {
  constructor(name: string) {
    super('conflict', 'duplicate_product_name', `A product named "${name}" is already on the menu`);
  }
}

export class DuplicateVariationName extends DomainError {
  constructor(name: string) {
    super('conflict', 'duplicate_variation_name', `The product has two variations named "${name}"`);
  }
}

export class UnitPriceOutOfRange extends DomainError {
  constructor(variation: string, unitPriceCents: number) {
    const detail = `The price with variation "${variation}" would be ${unitPriceCents} cents; it must be between 0 and 2147483647`;
    super('invalid', 'impossible_unit_price', detail, { fields: [{ field: 'variations', message: detail }] });
  }
}

export class InvalidOrderLine extends DomainError {
  constructor(productId: string, variationId: string) {
    super(
      'refused',
      'invalid_order_line',
      `Invalid product_id or variation_id: ${productId}, ${variationId}`,
    );
  }
}

export class TotalMismatch extends DomainError {
  constructor(computedCents: number, receivedCents: number) {
    super(
      'conflict',
      'total_mismatch',
      `Total mismatch: computed ${computedCents}, received ${receivedCents}`,
    );
  }
}

export class TotalTooLarge extends DomainError {
  constructor() {
    const detail = 'The total of the order must not exceed 2147483647 cents';
    super('invalid', 'total_too_large', detail, { fields: [{ field: 'items', message: detail }] });
  }
}
