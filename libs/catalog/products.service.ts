import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditAction, type AuditedChange } from '#audit';
import { Transactions, type Tx } from '#database';
import { PreconditionFailed, UntilNotInFuture, type Precondition } from '#errors';
import type { Actor } from '#users';
import { auditedAvailability, auditedProduct } from './audited-product.js';
import { ProductNotFound, VariationNotFound } from './catalog.errors.js';
import type { Availability, MenuProduct } from './menu.js';
import { MenuService } from './menu.service.js';
import { applyRequest, newProduct, type ProductRequest } from './product-changes.js';
import { ProductsRepository } from './products.repository.js';

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
  createFirst(products: readonly MenuProduct[]): Promise<number> {
    return this.change(async (tx) => {
      if (!(await this.products.lockIfEmpty(tx))) return 0;
      for (const product of products) {
        await this.products.save(product, tx);
        await this.products.replaceVariations(product, tx);
      }
      return products.length;
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
   * What is sold out stays so.
   * @throws ProductNotFound, PreconditionFailed, InvalidVariationId, DuplicateProductName, DuplicateVariationName, UnitPriceOutOfRange
   */
  update(
    id: string,
    request: Partial<ProductRequest>,
    actor: Actor,
    precondition?: Precondition<MenuProduct>,
  ): Promise<MenuProduct> {
    return this.change(async (tx) => {
      const product = await this.lock(id, tx);
      assertPrecondition(product, precondition);
      const changed = await this.apply(product, request, tx);
      const [before, after] = [auditedProduct(product), auditedProduct(changed)];
      if (!isDeepStrictEqual(before, after))
        await this.record('product.update', product, actor, { before, after }, tx);
      return changed;
    });
  }

  /**
   * Marks a product, or one of its variations, as sold out or available, and returns the product.
   * @throws ProductNotFound, VariationNotFound, PreconditionFailed, UntilNotInFuture
   */
  setAvailability(
    { id, variationId }: { id: string; variationId?: string },
    availability: Availability,
    actor: Actor,
    precondition?: Precondition<MenuProduct>,
  ): Promise<MenuProduct> {
    return this.change(async (tx) => {
      const product = await this.lock(id, tx);
      const variation = product.variations.find((candidate) => candidate.id === variationId);
      if (variationId !== undefined && !variation) throw new VariationNotFound();
      assertPrecondition(product, precondition);
      const [choice, target] = [{ product, variation }, variation ?? product];
      const before = auditedAvailability(target, choice);
      const after = auditedAvailability(availability, choice);
      if (isDeepStrictEqual(before, after)) return product;
      const { soldOutUntil } = availability;
      if (soldOutUntil && !(await this.products.isFuture(soldOutUntil, tx))) throw new UntilNotInFuture();
      await this.products.saveAvailability(choice, availability, tx);
      await this.record('product.availability', product, actor, { before, after }, tx);
      Object.assign(target, availability);
      return product;
    });
  }

  /**
   * Takes a product off the menu permanently. Orders keep their lines.
   * @throws ProductNotFound, PreconditionFailed
   */
  withdraw(id: string, actor: Actor, precondition?: Precondition<MenuProduct>): Promise<void> {
    return this.change(async (tx) => {
      const product = await this.lock(id, tx);
      assertPrecondition(product, precondition);
      await this.products.withdraw(product, tx);
      await this.record('product.withdraw', product, actor, { before: auditedProduct(product) }, tx);
    });
  }

  private async lock(id: string, tx: Tx): Promise<MenuProduct> {
    const product = await this.products.lockForUpdate(id, tx);
    if (!product) throw new ProductNotFound();
    return product;
  }

  private async apply(product: MenuProduct, request: Partial<ProductRequest>, tx: Tx): Promise<MenuProduct> {
    const changed = applyRequest(product, request);
    await this.products.save(changed, tx);
    if (request.variations) await this.products.replaceVariations(changed, tx);
    return changed;
  }

  private record(
    action: AuditAction,
    { id }: MenuProduct,
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

function assertPrecondition(product: MenuProduct, precondition?: Precondition<MenuProduct>): void {
  if (precondition && !precondition(product)) throw new PreconditionFailed();
}
