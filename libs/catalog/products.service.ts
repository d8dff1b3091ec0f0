import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditAction, type AuditedChange } from '#audit';
import { Transactions, type Tx } from '#database';
import { PreconditionFailed, type Precondition } from '#errors';
import type { Actor } from '#users';
import { auditedProduct } from './audited-product.js';
import { ProductNotFound, UnitPriceOutOfRange } from './catalog.errors.js';
import { MAX_CENTS, type MenuProduct } from './menu.js';
import { MenuService } from './menu.service.js';
import { Product } from './product.entity.js';
import { ProductsRepository } from './products.repository.js';
import { replaceVariations, type VariationRequest } from './variation-changes.js';

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
    private readonly audit: AuditLog,
  ) {}

  /**
   * Puts a new product on the menu.
   * @throws DuplicateProductName, DuplicateVariationName, UnitPriceOutOfRange
   */
  create(request: ProductRequest, actor: Actor): Promise<MenuProduct> {
    return this.change(async (tx) => {
      const product = await this.apply(newProduct(request), request, tx);
      await this.record('product.create', product, actor, { after: auditedProduct(product) }, tx);
      return product;
    });
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
    actor: Actor,
    precondition?: Precondition<MenuProduct>,
  ): Promise<MenuProduct> {
    return this.change(async (tx) => {
      const product = await this.lock(id, precondition, tx);
      const before = auditedProduct(product);
      const after = auditedProduct(await this.apply(product, request, tx));
      if (!isDeepStrictEqual(before, after))
        await this.record('product.update', product, actor, { before, after }, tx);
      return product;
    });
  }

  /**
   * Takes a product off the menu permanently. Orders keep their lines.
   * @throws ProductNotFound, PreconditionFailed
   */
  withdraw(id: string, actor: Actor, precondition?: Precondition<MenuProduct>): Promise<void> {
    return this.change(async (tx) => {
      const product = await this.lock(id, precondition, tx);
      await this.products.withdraw(product, tx);
      await this.record('product.withdraw', product, actor, { before: auditedProduct(product) }, tx);
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
  ): Promise<Product> {
    product.name = name ?? product.name;
    product.basePriceCents = basePriceCents ?? product.basePriceCents;
    if (variations) product.variations = replaceVariations(product, variations);
    assertUnitPrices(product);
    await this.products.save(product, tx);
    if (variations) await this.products.replaceVariations(product, tx);
    return product;
  }

  private record(
    action: AuditAction,
    { id }: Product,
    actor: Actor,
    states: Pick<AuditedChange, 'before' | 'after'>,
    tx: Tx,
  ): Promise<void> {
    return this.audit.record({ actor, action, subject: { type: 'product', id }, ...states }, tx);
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

function assertUnitPrices({ basePriceCents, variations }: Product): void {
  for (const { name, priceChangeCents } of variations) {
    const unitPriceCents = basePriceCents + priceChangeCents;
    if (unitPriceCents < 0 || unitPriceCents > MAX_CENTS) throw new UnitPriceOutOfRange(name, unitPriceCents);
  }
}
