export { CATALOG_ENTITIES } from './catalog.entities.js';
export {
  DuplicateProductName,
  DuplicateVariationName,
  InvalidOrderLine,
  InvalidVariationId,
  ProductNotFound,
  SoldOut,
  TotalMismatch,
  TotalTooLarge,
  UnitPriceOutOfRange,
  VariationNotFound,
} from './catalog.errors.js';
export { CatalogModule } from './catalog.module.js';
export { AVAILABLE, MAX_CENTS, type Availability, type Menu, type MenuProduct } from './menu.js';
export { CATALOG_CHANGED, MenuService } from './menu.service.js';
export { type PricedLine, type RequestedLine } from './pricing.js';
export { ProductsService } from './products.service.js';
export { Product } from './product.entity.js';
export type { ProductRequest, VariationRequest } from './product-changes.js';
export { Variation } from './variation.entity.js';
