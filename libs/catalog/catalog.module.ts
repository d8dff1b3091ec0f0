import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#audit';
import { CATALOG_ENTITIES } from './catalog.entities.js';
import { MenuService } from './menu.service.js';
import { ProductsRepository } from './products.repository.js';
import { ProductsService } from './products.service.js';

/** The menu, its prices and its administration. */
@Module({
  imports: [TypeOrmModule.forFeature(CATALOG_ENTITIES), AuditModule],
  providers: [MenuService, ProductsService, ProductsRepository],
  exports: [MenuService, ProductsService],
})
export class CatalogModule {}
