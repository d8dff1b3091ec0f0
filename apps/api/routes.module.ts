import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { CatalogModule } from '#catalog';
import { NotificationsModule } from '#notifications';
import { OrdersModule } from '#orders';
import { PlacementsModule } from '#placements';
import { RefundsModule } from '#refunds';
import { ReportsModule } from '#reports';
import { SessionsModule } from '#sessions';
import { ShopModule } from '#shop';
import { UsersModule } from '#users';
import { AdminAuditController } from './audit/admin-audit.controller.js';
import { AccountsController } from './auth/accounts.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { JwtStrategy } from './auth/jwt.strategy.js';
import { StreamTicketsController } from './auth/stream-tickets.controller.js';
import { AdminBoardController } from './board/admin-board.controller.js';
import { BoardNews } from './board/board-news.js';
import { LiveBoard } from './board/live-board.service.js';
import { OrderStreamController } from './board/order-stream.controller.js';
import { StreamAccess } from './board/stream-access.js';
import { AdminProductsController } from './catalog/admin-products.controller.js';
import { AvailabilityController } from './catalog/availability.controller.js';
import { MenuController } from './catalog/menu.controller.js';
import { Shutdown } from './http/shutdown.js';
import { AdminNotificationsController } from './notifications/admin-notifications.controller.js';
import { AdminOrdersController } from './orders/admin-orders.controller.js';
import { CancellationsController } from './orders/cancellations.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { AdminPlacementsController } from './placements/admin-placements.controller.js';
import { AdminRefundsController } from './refunds/admin-refunds.controller.js';
import { OrderRefundsController } from './refunds/order-refunds.controller.js';
import { AdminShopController } from './shop/admin-shop.controller.js';
import { ShopController } from './shop/shop.controller.js';
import { AdminReportsController } from './reports/admin-reports.controller.js';
import { AdminUsersController } from './users/admin-users.controller.js';

/** All routes below API_PREFIX. */
@Module({
  imports: [
    PassportModule,
    AuditModule,
    AuthModule,
    CatalogModule,
    NotificationsModule,
    OrdersModule,
    PlacementsModule,
    RefundsModule,
    ReportsModule,
    SessionsModule,
    ShopModule,
    UsersModule,
  ],
  providers: [JwtStrategy, BoardNews, LiveBoard, Shutdown, StreamAccess],
  exports: [Shutdown],
  controllers: [
    AuthController,
    AccountsController,
    StreamTicketsController,
    MenuController,
    ShopController,
    OrdersController,
    OrderStreamController,
    CancellationsController,
    OrderRefundsController,
    AdminBoardController,
    AdminOrdersController,
    AdminProductsController,
    AvailabilityController,
    AdminShopController,
    AdminPlacementsController,
    AdminRefundsController,
    AdminNotificationsController,
    AdminReportsController,
    AdminAuditController,
    AdminUsersController,
  ],
})
export class RoutesModule {}
