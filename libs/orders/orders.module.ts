import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '#auth';
import { NotificationsModule } from '#notifications';
import { OrderItem } from './order-item.entity.js';
import { Order } from './order.entity.js';
import { OrdersRepository } from './orders.repository.js';
import { OrdersService } from './orders.service.js';
import { StatusTransition } from './status-transition.entity.js';

/** Placed orders: read, listed, moved through their statuses. */
@Module({
  imports: [TypeOrmModule.forFeature([Order, OrderItem, StatusTransition]), AuthModule, NotificationsModule],
  providers: [OrdersService, OrdersRepository],
  exports: [OrdersService],
})
export class OrdersModule {}
