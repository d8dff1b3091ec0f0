export {
  perWeekday,
  WEEKDAYS,
  type Hours,
  type HoursOfDate,
  type Interval,
  type Weekday,
  type WeeklyHours,
} from './hours.js';
export { OrderingPaused, OverlappingHours, ShopBusy, ShopClosed } from './shop.errors.js';
export { NOT_OPEN_REASONS, type NotOpenReason, type Shop } from './shop.js';
export { SHOP_ENTITIES } from './shop.entities.js';
export { ShopModule } from './shop.module.js';
export { SHOP_CHANGED, ShopService } from './shop.service.js';
export { ShopSettingsService, type ChangeContext, type PauseRequest } from './shop-settings.service.js';
