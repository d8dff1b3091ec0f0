import { Product } from './product.entity.js';
import { Variation } from './variation.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const CATALOG_ENTITIES = [Product, Variation];
