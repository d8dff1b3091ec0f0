import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#audit';
import { SHOP_ENTITIES } from './shop.entities.js';
import { ShopRepository } from './shop.repository.js';
import { ShopService } from './shop.service.js';
import { ShopSettingsService } from './shop-settings.service.js';

/** When the shop takes orders: its hours, pause and limit. */
@Module({
  imports: [TypeOrmModule.forFeature(SHOP_ENTITIES), AuditModule],
  providers: [ShopService, ShopSettingsService, ShopRepository],
  exports: [ShopService, ShopSettingsService],
})
export class ShopModule {}
