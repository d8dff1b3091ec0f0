import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NotificationsModule } from '#notifications';
import { RefundsModule } from '#refunds';
import { UsersModule } from '#users';
import { CancellationsService } from './cancellations.service.js';
import { OrderRefundsService } from './order-refunds.service.js';
import { ORDER_ENTITIES } from './orders.entities.js';
import { OrdersRepository } from './orders.repository.js';
import { OrdersService } from './orders.service.js';

/** Placed orders: read, listed, moved through their statuses, cancelled and refunded. */
@Module({
  imports: [TypeOrmModule.forFeature(ORDER_ENTITIES), UsersModule, NotificationsModule, RefundsModule],
  providers: [OrdersService, CancellationsService, OrderRefundsService, OrdersRepository],
  exports: [OrdersService, CancellationsService, OrderRefundsService],
})
export class OrdersModule {}
