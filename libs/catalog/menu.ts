/** The limit of every amount in cents: the maximum of an int4 column. */
export const MAX_CENTS = 2_147_483_647;

/** Whether something is sold out at present. */
export interface Availability {
  soldOut: boolean;
  /** When it is available again without a change. Null if only a change ends it. */
  soldOutUntil: Date | null;
}

export const AVAILABLE: Availability = { soldOut: false, soldOutUntil: null };

export interface MenuVariation extends Availability {
  id: string;
  name: string;
  priceChangeCents: number;
}

export interface MenuProduct extends Availability {
  id: string;
  name: string;
  basePriceCents: number;
  variations: MenuVariation[];
}

export interface Choice {
  product: MenuProduct;
  variation?: MenuVariation;
}

/** What the shop sells at one moment. Immutable. */
export class Menu {
  private readonly byId: ReadonlyMap<string, MenuProduct>;
  private readonly choices = new Map<string, Choice>();

  constructor(readonly products: readonly MenuProduct[]) {
    this.byId = new Map(products.map((product) => [product.id, product]));
    for (const product of products) {
      for (const variation of product.variations) this.choices.set(variation.id, { product, variation });
    }
  }

  product(id: string): MenuProduct | undefined {
    return this.byId.get(id);
  }

  /**
   * Returns the product and variation if both are on the menu and belong together. Only a product without variations can be chosen
   * without one.
   */
  choice(productId: string, variationId?: string): Choice | undefined {
    if (variationId === undefined) {
      const product = this.product(productId);
      return product?.variations.length === 0 ? { product } : undefined;
    }
    const choice = this.choices.get(variationId);
    return choice?.product.id === productId ? choice : undefined;
  }
}
