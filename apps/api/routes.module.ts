import { Module } from '@nestjs/common';
import { AuthModule } from '#auth';
import { CatalogModule } from '#catalog';
import { NotificationsModule } from '#notifications';
import { OrdersModule } from '#orders';
import { PlacementsModule } from '#placements';
import { AuthController } from './auth/auth.controller.js';
import { AdminProductsController } from './catalog/admin-products.controller.js';
import { MenuController } from './catalog/menu.controller.js';
import { AdminNotificationsController } from './notifications/admin-notifications.controller.js';
import { AdminOrdersController } from './orders/admin-orders.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { AdminPlacementsController } from './placements/admin-placements.controller.js';

/** All routes below API_PREFIX. */
@Module({
  imports: [AuthModule, CatalogModule, NotificationsModule, OrdersModule, PlacementsModule],
  controllers: [
    AuthController,
    MenuController,
    OrdersController,
    AdminOrdersController,
    AdminProductsController,
    AdminPlacementsController,
    AdminNotificationsController,
  ],
})
export class RoutesModule {}
