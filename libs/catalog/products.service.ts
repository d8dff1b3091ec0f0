import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '#database';
import { DuplicateVariationName, UnitPriceOutOfRange, ProductNotFound } from './catalog.errors.js';
import { MAX_CENTS, type MenuProduct } from './menu.js';
import { MenuService } from './menu.service.js';
import { Product } from './product.entity.js';
import { ProductsRepository } from './products.repository.js';
import { Variation } from './variation.entity.js';

export interface VariationRequest {
  name: string;
  priceChangeCents: number;
}

export interface ProductRequest {
  name: string;
  basePriceCents: number;
  variations: VariationRequest[];
}

/** Administration of the catalog. */
@Injectable()
export class ProductsService {
  constructor(
    private readonly products: ProductsRepository,
    private readonly transactions: Transactions,
    private readonly menu: MenuService,
  ) {}

  /**
   * Puts a new product on the menu.
   * @throws DuplicateProductName, DuplicateVariationName, UnitPriceOutOfRange
   */
  async create(request: ProductRequest): Promise<MenuProduct> {
    return this.change((tx) => this.apply(newProduct(request), request, tx));
  }

  /** Puts products on the menu if there never was one, withdrawn ones included. Returns how many it added. */
  createFirst(requests: readonly ProductRequest[]): Promise<number> {
    return this.change(async (tx) => {
      if (!(await this.products.lockIfEmpty(tx))) return 0;
      for (const request of requests) await this.apply(newProduct(request), request, tx);
      return requests.length;
    });
  }

  /**
   * Changes the given fields. Given variations replace the list: they are matched by name, and missing ones are withdrawn.
   * @throws ProductNotFound, DuplicateProductName, DuplicateVariationName, UnitPriceOutOfRange
   */
  update(id: string, request: Partial<ProductRequest>): Promise<MenuProduct> {
    return this.change(async (tx) => {
      const product = await this.products.lockForUpdate(id, tx);
      if (!product) throw new ProductNotFound();
      return this.apply(product, request, tx);
    });
  }

  /**
   * Takes a product off the menu permanently. Orders keep their lines.
   * @throws ProductNotFound
   */
  withdraw(id: string): Promise<void> {
    return this.change(async (tx) => {
      const product = await this.products.lockForUpdate(id, tx);
      if (!product) throw new ProductNotFound();
      await this.products.withdraw(product, tx);
    });
  }

  private async apply(
    product: Product,
    { name, basePriceCents, variations }: Partial<ProductRequest>,
    tx: Tx,
  ): Promise<MenuProduct> {
    product.name = name ?? product.name;
    product.basePriceCents = basePriceCents ?? product.basePriceCents;
    const before = product.variations;
    product.variations = variations ? replaceVariations(product, variations) : before;
    assertUnitPrices(product);
    await this.products.save(product, tx);
    await this.products.saveVariations(
      product.variations,
      before.filter((variation) => !product.variations.includes(variation)),
      tx,
    );
    return product;
  }

  private async change<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const result = await this.transactions.run(work);
    this.menu.invalidate();
    return result;
  }
}

function newProduct({ name, basePriceCents }: ProductRequest): Product {
  return Object.assign(new Product(), { id: crypto.randomUUID(), name, basePriceCents, variations: [] });
}

function replaceVariations(product: Product, requests: VariationRequest[]): Variation[] {
  const seen = new Set<string>();
  const present = new Map(product.variations.map((variation) => [variation.name.toUpperCase(), variation]));
  return requests.map(({ name, priceChangeCents }, position) => {
    const key = name.toUpperCase();
    if (seen.has(key)) throw new DuplicateVariationName(name);
    seen.add(key);
    const variation =
      present.get(key) ?? Object.assign(new Variation(), { id: crypto.randomUUID(), productId: product.id });
    return Object.assign(variation, { name, priceChangeCents, position });
  });
}

function assertUnitPrices({ basePriceCents, variations }: Product): void {
  for (const { name, priceChangeCents } of variations) {
    const unitPriceCents = basePriceCents + priceChangeCents;
    if (unitPriceCents < 0 || unitPriceCents > MAX_CENTS) throw new UnitPriceOutOfRange(name, unitPriceCents);
  }
}
