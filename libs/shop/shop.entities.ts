import { ShopSettings } from './shop-settings.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const SHOP_ENTITIES = [ShopSettings];
