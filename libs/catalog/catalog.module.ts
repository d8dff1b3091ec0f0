import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MenuService } from './menu.service.js';
import { Product } from './product.entity.js';
import { ProductsRepository } from './products.repository.js';
import { ProductsService } from './products.service.js';
import { Variation } from './variation.entity.js';

/** The menu, its prices and its administration. */
@Module({
  imports: [TypeOrmModule.forFeature([Product, Variation])],
  providers: [MenuService, ProductsService, ProductsRepository],
  exports: [MenuService, ProductsService],
})
export class CatalogModule {}
