import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '#database';
import { PreconditionFailed, type Precondition } from '#errors';
import {
  DuplicateVariationName,
  InvalidVariationId,
  ProductNotFound,
  UnitPriceOutOfRange,
} from './catalog.errors.js';
import { MAX_CENTS, type MenuProduct } from './menu.js';
import { MenuService } from './menu.service.js';
import { Product } from './product.entity.js';
import { ProductsRepository } from './products.repository.js';
import { Variation } from './variation.entity.js';

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
   * Returns a product on the menu.
   * @throws ProductNotFound
   */
  async get(id: string): Promise<MenuProduct> {
    const product = (await this.menu.current()).product(id);
    if (!product) throw new ProductNotFound();
    return product;
  }

  /**
   * Changes the given fields. Given variations replace the list: they are matched by id, then by name, and missing ones are withdrawn.
   * @throws ProductNotFound, PreconditionFailed, InvalidVariationId, DuplicateProductName, DuplicateVariationName, UnitPriceOutOfRange
   */
  update(
    id: string,
    request: Partial<ProductRequest>,
    precondition?: Precondition<MenuProduct>,
  ): Promise<MenuProduct> {
    return this.change(async (tx) => {
      const product = await this.lock(id, precondition, tx);
      return this.apply(product, request, tx);
    });
  }

  /**
   * Takes a product off the menu permanently. Orders keep their lines.
   * @throws ProductNotFound, PreconditionFailed
   */
  withdraw(id: string, precondition?: Precondition<MenuProduct>): Promise<void> {
    return this.change(async (tx) => {
      const product = await this.lock(id, precondition, tx);
      await this.products.withdraw(product, tx);
    });
  }

  private async lock(
    id: string,
    precondition: Precondition<MenuProduct> | undefined,
    tx: Tx,
  ): Promise<Product> {
    const product = await this.products.lockForUpdate(id, tx);
    if (!product) throw new ProductNotFound();
    if (precondition && !precondition(product)) throw new PreconditionFailed();
    return product;
  }

  private async apply(
    product: Product,
    { name, basePriceCents, variations }: Partial<ProductRequest>,
    tx: Tx,
  ): Promise<MenuProduct> {
    product.name = name ?? product.name;
    product.basePriceCents = basePriceCents ?? product.basePriceCents;
    if (variations) product.variations = replaceVariations(product, variations);
    assertUnitPrices(product);
    await this.products.save(product, tx);
    if (variations) await this.products.replaceVariations(product, tx);
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

function assertUnitPrices({ basePriceCents, variations }: Product): void {
  for (const { name, priceChangeCents } of variations) {
    const unitPriceCents = basePriceCents + priceChangeCents;
    if (unitPriceCents < 0 || unitPriceCents > MAX_CENTS) throw new UnitPriceOutOfRange(name, unitPriceCents);
  }
}
